package dev.tocsin.engine.unittest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.input.RuleSet.RuleText;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitTestMistakesTest {
  private String rules = "groups: [{name: g, rules: [{record: r, expr: '1'}]}]";

  private UnitTestReport report(String text) {
    return UnitTests.run("test.yml", text, this::matching, UnitTestOptions.DEFAULT);
  }

  private List<RuleText> matching(String pattern) throws IOException {
    if (pattern.equals("broken")) {
      throw new IOException("not today");
    }
    return pattern.equals("rules.yml") ? List.of(new RuleText(pattern, rules)) : List.of();
  }

  private List<String> failures(String text) {
    return report(text).failures();
  }

  private static String test(String parts) {
    return "rule_files: [rules.yml]\ntests:\n  - name: one\n" + parts.indent(4);
  }

  @Test
  void mistakesAreToldWithTheirPlace() {
    rules = "groups:\n  - name: g\n    rules:\n      - {alert: A, expr: 1 +}\n";
    assertThat(failures(test("")))
        .containsExactly(
            "rules.yml:4:29: groups[0].rules[0].expr: could not parse expression:"
                + " unexpected end of input");
    assertThat(failures("tests:\n  - input_seres: []\n    name: 3\n  - nothing: 1"))
        .containsExactly(
            "test.yml:2:5: tests[0].input_seres: unknown key\n    did you mean \"input_series\"?",
            "test.yml:4:5: tests[1].nothing: unknown key\n    known here: interval, input_series,"
                + " alert_rule_test, promql_expr_test, external_labels, external_url, name,"
                + " start_timestamp");
    assertThat(failures("tests:\n  - {start_timestamp: soon, interval: 1x}"))
        .extracting(text -> text.lines().findFirst().orElse(""))
        .containsExactly(
            "test.yml:2:39: tests[0].interval: \"1x\" is not a duration",
            "test.yml:2:23: tests[0].start_timestamp: \"soon\" is not a time");
    assertThat(failures("tests: [{promql_expr_test: [{exp_samples: [{value: '1'}]}]}]"))
        .singleElement()
        .asString()
        .contains("test.yml:1:52: ")
        .contains("\"1\" is not a number");
    assertThat(failures("tests: [{input_series: [{series: x, values: 1 2y}]}]"))
        .singleElement()
        .asString()
        .startsWith("test.yml:1:45: values: ");
    assertThat(failures("tests: [{"))
        .singleElement()
        .asString()
        .startsWith("test.yml:1:10: not valid YAML");
    assertThat(failures(test("alert_rule_test: [{eval_time: 5m}]"))).hasSize(1);
  }

  @Test
  void anAlertWithoutANameIsRefused() {
    assertThat(failures(test("alert_rule_test: [{eval_time: 5m}]")))
        .containsExactly(
            "an item under alert_rule_test misses required attribute alertname at eval_time 5m"
                + " (in TestGroup one)");
  }

  @Test
  void filesThatAreNotThereAreAWarningAndUnreadableOnesAMistake() {
    UnitTestReport report = report("rule_files: [none.yml]\ntests: [{name: x}]");
    assertThat(report.passed()).isTrue();
    assertThat(report.warnings()).containsExactly("  WARNING: no file match pattern none.yml");
    assertThat(failures("rule_files: [broken]\ntests: [{name: x}]"))
        .containsExactly("test.yml:1:14: rule_files: \"broken\" cannot be read: not today");
  }

  @Test
  void aTestThatWouldTakeForeverIsRefused() {
    assertThat(
            failures(
                "evaluation_interval: 1ms\ntests: [{promql_expr_test: [{expr: x, eval_time: 1y}]}]"))
        .containsExactly(
            "test.yml: eval_time 1y takes 31536000000 evaluations; the most is 10000000");
  }

  @Test
  void aRuleThatFailsEndsTheTest() {
    rules = "groups: [{name: g, rules: [{record: r, expr: x + on() y}]}]";
    String text =
        """
        rule_files: [rules.yml]
        tests:
          - input_series:
              - {series: x, values: _ 1}
              - {series: 'y{a="1"}', values: 1 1}
              - {series: 'y{a="2"}', values: _ 1}
            promql_expr_test: [{expr: '1', eval_time: 5m}]
        """;
    assertThat(failures(text))
        .singleElement()
        .asString()
        .startsWith("    rule: r, time: 1m0s, err: found duplicate series for the match group {}");
  }
}
