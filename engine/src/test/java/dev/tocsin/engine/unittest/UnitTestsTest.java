package dev.tocsin.engine.unittest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.promql.feature.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UnitTestsTest {
  private static final String HIGH =
      """
      groups:
        - name: g
          interval: 7h
          rules:
            - alert: High
              expr: load > 5
              for: 2m
              labels: {severity: page}
              annotations: {summary: "{{ $labels.host }} at {{ $value }}", empty: ""}
      """;

  private final Map<String, String> files = new TreeMap<>(Map.of("rules.yml", HIGH));
  private UnitTestOptions options = UnitTestOptions.DEFAULT;

  private UnitTestReport report(String text) {
    return UnitTests.run("test.yml", text, this::matching, options);
  }

  private List<RuleText> matching(String pattern) {
    return pattern.equals("*")
        ? files.entrySet().stream().map(e -> new RuleText(e.getKey(), e.getValue())).toList()
        : files.containsKey(pattern)
            ? List.of(new RuleText(pattern, files.get(pattern)))
            : List.of();
  }

  private List<String> failures(String text) {
    return report(text).failures();
  }

  /// One test with these parts, over the rules of rules.yml and one series.
  private static String test(String parts) {
    return """
        rule_files: [rules.yml]
        tests:
          - name: one
            input_series:
              - series: load{host="a"}
                values: 9x10 1x10
        """
        + parts.indent(4);
  }

  @Test
  void anAlertIsPendingFiresAndResolves() {
    String text =
        test(
            """
            alert_rule_test:
              - {eval_time: 1m59s, alertname: High}
              - eval_time: 2m
                alertname: High
                exp_alerts:
                  - exp_labels: {severity: page, host: a}
                    exp_annotations: {summary: a at 9, empty: ""}
              - {eval_time: 11m, alertname: High}
              - {eval_time: 11m, alertname: NoSuchAlert}
            """);
    assertThat(failures(text)).isEmpty();
  }

  @Test
  void anAlertThatShouldNotFireIsShown() {
    String text = test("alert_rule_test:\n  - {eval_time: 150s, alertname: High}");
    assertThat(failures(text))
        .containsExactly(
            """
                name: one,
                alertname: High, time: 2m30s,\s
                    exp:[],\s
                    got:[
                        0:
                          Labels:{alertname="High", host="a", severity="page"}
                          Annotations:{empty="", summary="a at 9"}
                        ]\
            """);
  }

  @Test
  void anEmptyTextIsNotTheSameAsNone() {
    String text =
        test(
            """
            alert_rule_test:
              - eval_time: 2m
                alertname: High
                exp_alerts:
                  - exp_labels: {severity: page, host: a, other: ""}
                    exp_annotations: {summary: a at 9, empty: ""}
              - eval_time: 2m
                alertname: High
                exp_alerts:
                  - exp_labels: {severity: page, host: a}
                    exp_annotations: {summary: a at 9}
            """);
    assertThat(failures(text)).hasSize(2);
  }

  @Test
  void alertsAreListedAndComparedInTheOrderOfTheirLabels() {
    files.put("rules.yml", "groups: [{name: g, rules: [{alert: A, expr: x > 0}]}]");
    String text =
        """
        rule_files: [rules.yml]
        tests:
          - input_series:
              - {series: 'x{a="2"}', values: 1}
              - {series: 'x{a="1"}', values: 1}
            alert_rule_test:
              - alertname: A
                exp_alerts:
                  - exp_labels: {a: 1}
                  - exp_labels: {a: 2}
              - alertname: A
                eval_time: 1s
        """;
    assertThat(failures(text))
        .containsExactly(
            """
                alertname: A, time: 1s,\s
                    exp:[],\s
                    got:[
                        0:
                          Labels:{alertname="A", a="1"}
                          Annotations:{},
                        1:
                          Labels:{alertname="A", a="2"}
                          Annotations:{}
                        ]\
            """
                .replace("alertname=\"A\", a=\"1\"", "a=\"1\", alertname=\"A\"")
                .replace("alertname=\"A\", a=\"2\"", "a=\"2\", alertname=\"A\""));
  }

  @Test
  void theSeriesOfAlertsAreThereFromTheStart() {
    String text =
        test(
            """
            promql_expr_test:
              - expr: ALERTS
                eval_time: 1m
                exp_samples:
                  - labels: ALERTS{alertname="High",alertstate="pending",host="a",severity="page"}
                    value: 1
              - expr: ALERTS_FOR_STATE offset 1m
                eval_time: 2m
                exp_samples:
                  - labels: ALERTS_FOR_STATE{alertname="High",host="a",severity="page"}
                    value: 0
            """);
    assertThat(failures(text)).isEmpty();
  }

  @Test
  void aWrongValueIsShownAsPromtoolDoes() {
    String text =
        test(
            """
            promql_expr_test:
              - {expr: load + 0, eval_time: 1m, exp_samples: [{value: 8, labels: '{host="a"}'}]}
              - {expr: load, eval_time: 1m}
              - {expr: load +, eval_time: 1m}
              - {expr: 'load[1m]', eval_time: 1m}
              - {expr: '1', exp_samples: [{value: 1}]}
              - {expr: '0/0', exp_samples: [{value: .nan}]}
              - {expr: '1', exp_samples: [{value: 1, labels: 'a{'}]}
            """);
    assertThat(failures(text))
        .containsExactly(
            "    expr: \"load + 0\", time: 1m,\n"
                + "        exp: {host=\"a\"} 8E+00\n        got: {host=\"a\"} 9E+00",
            "    expr: \"load\", time: 1m,\n"
                + "        exp: nil\n        got: {__name__=\"load\", host=\"a\"} 9E+00",
            "    expr: \"load +\", time: 1m, err: 1:7: parse error: unexpected end of input",
            "    expr: \"load[1m]\", time: 1m, err: rule result is not a vector or scalar",
            "    expr: \"0 / 0\", time: 0s,\n        exp: {} NAN\n        got: {} NAN"
                .replace("0 / 0", "0/0")
                .replace("NAN", "NaN"),
            "    expr: \"1\", time: 0s, err: labels \"a{\": 1:3: parse error:"
                + " the line ends in a label set, expected \"}\"");
  }

  @Test
  void valuesAreComparedExactlyUnlessFuzzy() {
    String text =
        """
        tests:
          - input_series: [{series: x, values: 0.30000000000000004}]
            promql_expr_test: [{expr: x, exp_samples: [{labels: x, value: 0.3}]}]
        """;
    assertThat(failures(text)).hasSize(1);
    assertThat(failures("fuzzy_compare: true\n" + text)).isEmpty();
    assertThat(failures("fuzzy_compare: true\n" + text.replace("value: 0.3}", "value: 0.301}")))
        .hasSize(1);
  }

  @Test
  void aTestMayStartAtAnyTime() {
    files.put(
        "rules.yml",
        """
        groups:
          - name: g
            query_offset: 10s
            rules:
              - {record: now, expr: time()}
              - {alert: A, expr: vector(time()) > 0, annotations: {at: "{{ $value }}"}}
        """);
    String text =
        """
        rule_files: [rules.yml]
        evaluation_interval: 40s
        tests:
          - start_timestamp: 1999-12-31T23:59:57Z
            input_series: [{series: x, values: 1 2}]
            promql_expr_test:
              - {expr: now, eval_time: 79s, exp_samples: [{labels: now, value: 946684827}]}
              - {expr: timestamp(x), eval_time: 79s, exp_samples: [{value: 946684837}]}
              - {expr: timestamp(x), eval_time: 39s, exp_samples: [{value: 946684797}]}
          - start_timestamp: -5.5
            promql_expr_test:
              - {expr: 'time()', exp_samples: [{value: -5.5}]}
        """;
    assertThat(failures(text)).isEmpty();
  }

  @Test
  void groupsRunInTheOrderAskedFor() {
    files.put("a.yml", "groups: [{name: second, rules: [{record: b, expr: a + 1}]}]");
    files.put("b.yml", "groups: [{name: first, rules: [{record: a, expr: time()}]}]");
    String text =
        """
        rule_files: [a.yml, "*"]
        tests:
          - promql_expr_test:
              - {expr: b, eval_time: 1m, exp_samples: [{labels: b, value: VALUE}]}
        """;
    assertThat(failures(text.replace("VALUE", "1"))).isEmpty();
    String ordered = "group_eval_order: [first, second]\n" + text;
    assertThat(failures(ordered.replace("VALUE", "61"))).isEmpty();
    assertThat(failures("group_eval_order: [first, second, first]"))
        .singleElement()
        .asString()
        .startsWith("test.yml:1:35: group_eval_order: group name repeated in evaluation order");
  }

  @Test
  void externalLabelsAndUrlAreThereForTemplates() {
    files.put(
        "rules.yml",
        """
        groups:
          - name: g
            rules:
              - alert: A
                expr: vector(1)
                annotations: {s: "{{ $externalLabels.dc }} {{ externalURL }}"}
        """);
    String text =
        """
        rule_files: [rules.yml]
        tests:
          - external_labels: {dc: x}
            external_url: http://here
            alert_rule_test:
              - {alertname: A, exp_alerts: [{exp_annotations: {s: "x http://here"}}]}
        """;
    assertThat(failures(text)).isEmpty();
  }

  @Test
  void aTestThatIsNotSelectedMayBeWrong() {
    String text =
        """
        tests:
          - name: good
          - name: bad
            input_series: [{series: "x{", values: y}]
          - promql_expr_test: [{expr: '1'}]
        """;
    options =
        new UnitTestOptions("good"::equals, false, false, Features.NONE, UnitTestOptions.Debug.OFF);
    assertThat(report(text).tests())
        .containsExactly(new UnitTestReport.TestResult("good", List.of()));
    options = UnitTestOptions.DEFAULT;
    assertThat(report(text).tests())
        .extracting(UnitTestReport.TestResult::name)
        .containsExactly("good", "bad", "unnamed#2");
    assertThat(failures(text)).hasSize(2);
  }

  @Test
  void unknownKeysOfRuleFilesMayBeIgnoredAndManifestsAreRead() {
    files.put(
        "rules.yml",
        """
        apiVersion: monitoring.coreos.com/v1
        kind: PrometheusRule
        metadata: {name: x}
        spec:
          groups:
            - name: "\\u00e4 \\U0001f514"
              team: x
              rules:
                - {alert: "A\\t\\"", expr: 'vector(1)', owner: me, labels: {a: "\\\\"}}
        """);
    String text =
        """
        rule_files: [rules.yml]
        tests:
          - alert_rule_test:
              - {alertname: "A\\t\\"", exp_alerts: [{exp_labels: {a: "\\\\"}}]}
        """;
    assertThat(failures(text)).hasSize(2).allMatch(failure -> failure.contains("unknown key"));
    options = new UnitTestOptions(_ -> true, false, true, Features.NONE, UnitTestOptions.Debug.OFF);
    assertThat(failures(text)).isEmpty();
  }

  @Test
  void experimentalFunctionsAreThereWhereTheyAreOn() {
    files.put(
        "rules.yml", "groups: [{name: g, rules: [{record: r, expr: 'mad_over_time(x[5m])'}]}]");
    String text =
        """
        rule_files: [rules.yml]
        tests:
          - input_series: [{series: x, values: 1 2 3}]
            promql_expr_test:
              - {expr: r, eval_time: 2m, exp_samples: [{labels: r, value: 1}]}
              - {expr: 'mad_over_time(x[5m])', eval_time: 2m, exp_samples: [{value: 1}]}
        """;
    assertThat(failures(text)).singleElement().asString().contains("is not enabled");
    options = new UnitTestOptions(_ -> true, false, false, Features.ALL, UnitTestOptions.Debug.OFF);
    assertThat(failures(text)).isEmpty();
  }

  @Test
  void whatIsToldOnTheWayNamesTheTestAndAllItsData() {
    List<String> lines = new ArrayList<>();
    long[] nanos = new long[1];
    options =
        new UnitTestOptions(
            _ -> true,
            false,
            false,
            Features.NONE,
            new UnitTestOptions.Debug(true, lines::add, () -> nanos[0] += 1_500_000));
    failures(
        "tests: [{name: t, input_series: [{series: x, values: 1 2}],"
            + " promql_expr_test: [{expr: x, eval_time: 1m}]}]");
    assertThat(lines)
        .containsExactly(
            "DEBUG: Starting test t",
            "DEBUG: Dump of all data (input_series and rules) at 1m1s:",
            "x =>\n1 @[0]\n2 @[60000]",
            "DEBUG: Test t finished, took 1.5ms");
  }

  @Test
  void anEmptyFileHasNoTests() {
    assertThat(report("").passed()).isTrue();
    assertThat(report("").tests()).isEmpty();
  }
}
