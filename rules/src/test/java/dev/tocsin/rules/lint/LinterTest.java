package dev.tocsin.rules.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.problem.Problems;
import dev.tocsin.rules.file.RuleFile;
import dev.tocsin.rules.file.RuleFileReader;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each finding, and what is close to it and none.
class LinterTest {
  /// Everything has parts but what says absent.
  private static LintOptions options(Set<Check> checks) {
    return new LintOptions(
        checks,
        15_000,
        60_000,
        300_000,
        1000,
        rule ->
            rule.query().contains("absent")
                ? new Parts("no label", rule.expr())
                : new Parts("job", null));
  }

  private static List<Finding> lint(String text, Check... checks) {
    Problems problems = new Problems();
    RuleFile file = RuleFileReader.read("r.yml", text, problems);
    assertThat(problems.list()).isEmpty();
    return Linter.lint(file, text, options(EnumSet.copyOf(List.of(checks))));
  }

  private static List<Finding> lintExpr(String expr, Check check) {
    String text = "groups: [{name: g, rules: [{record: r, expr: '" + expr + "'}]}]\n";
    return lint(text, check);
  }

  private static String message(String expr, Check check) {
    List<Finding> findings = lintExpr(expr, check);
    assertThat(findings).as(expr).hasSize(1);
    return findings.getFirst().place().message();
  }

  @Test
  void aFindingNamesFileLineColumnRuleAndTheWayOut() {
    String text =
        """
        groups:
          - name: g
            rules:
              - record: fine
                expr: up
              - alert: Never
                expr: |
                  up == 1
                    and count(up) by (job) < 1
        """;
    assertThat(lint(text, Check.IMPOSSIBLE_COMPARISON))
        .extracting(Finding::toString)
        .containsExactly(
            """
            r.yml:9:17: warning: alert "Never": never true: count by (job) (up) is at least 1\
             in count by (job) (up) < 1 [impossible-comparison]
                correct the bound or the operator""");
  }

  @Test
  void theSameNameAndLabelsTwiceAreADuplicate() {
    String text =
        """
        groups:
          - name: a
            labels: {team: x}
            rules:
              - record: r
                expr: up
              - {alert: r, expr: up, labels: {team: x}}
          - name: b
            rules:
              - record: r
                expr: down
              - record: r
                expr: down
                labels: {team: x}
        """;
    assertThat(lint(text, Check.DUPLICATE_RULES))
        .extracting(finding -> finding.place().line() + " " + finding.place().message())
        .containsExactly(
            "7 the rule in line 5 has the same name and labels",
            "12 the rule in line 5 has the same name and labels");
  }

  @Test
  void forIsComparedWithTheIntervalOfTheGroup() {
    String text =
        """
        groups:
          - name: a
            rules:
              - {alert: Short, expr: up, for: 30s}
              - {alert: Fine, expr: up, for: 1m}
              - {alert: Zero, expr: up, for: 0s}
          - name: b
            interval: 5s
            rules:
              - {alert: OneSample, expr: up, for: 10s}
              - {alert: Fine, expr: up, for: 15s}
        """;
    List<Finding> findings = lint(text, Check.SHORT_FOR);
    assertThat(findings)
        .extracting(Finding::rule)
        .containsExactly("alert \"Short\"", "alert \"OneSample\"");
    assertThat(findings)
        .extracting(finding -> finding.place().message())
        .containsExactly(
            "for: 30s is shorter than the evaluation interval of 1m: Prometheus fires no sooner"
                + " than with for: 1m",
            "for: 10s is shorter than the scrape interval of 15s: one and the same sample makes"
                + " it pending and firing");
    assertThat(findings.getFirst().place().column()).isEqualTo(39);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate(x[29s])",
        "irate(x[15s])",
        "deriv(x[20s])",
        "sum(increase(x[10s])) > 1",
        "avg_over_time(x[14s])",
        "rate(x[2s * 10])",
        "rate(sum(x)[1m:45s])",
        "delta(sum(x)[1m:])",
        "max_over_time(up[10s:30s])",
      })
  void aRangeMayBeTooShort(String expr) {
    assertThat(lintExpr(expr, Check.SHORT_RANGE)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate(x[30s])",
        "avg_over_time(x[15s])",
        "count_over_time(x[20s])",
        "rate(sum(x)[2m:1m])",
        "delta(sum(x)[2m:])",
      })
  void aRangeOfEnoughSamplesIsFine(String expr) {
    assertThat(lintExpr(expr, Check.SHORT_RANGE)).isEmpty();
  }

  @Test
  void aShortRangeIsExplained() {
    assertThat(message("rate(x[20s])", Check.SHORT_RANGE))
        .isEqualTo("rate needs two samples; 20s often holds fewer at a scrape interval of 15s");
    assertThat(message("max_over_time(x[10s])", Check.SHORT_RANGE))
        .isEqualTo("max_over_time often sees no sample in 10s at a scrape interval of 15s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x{a=\"1\",a=\"2\"}",
        "x{a=\"\",a=~\".+\"}",
        "x{a!=\"1\",a=\"1\"}",
        "x{a=~\"1|2\",a!~\"[12]\"}",
        "x{a=~\"(1|2)\",a!=\"1\",a!=\"2\"}",
        "x{a=~\"1.*\",a!~\"1.*\"}",
        "{__name__=\"x\",__name__=~\"y|z\"}",
        "rate(x{a=\"1\",a=\"2\"}[5m]) > 1",
        "absent(x{a=\"1\",a!~\"1|2\"})",
      })
  void matchersMayContradictEachOther(String expr) {
    assertThat(lintExpr(expr, Check.CONTRADICTORY_MATCHERS)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x{a=\"1\",b=\"2\"}",
        "x{a=\"1\",a=~\"1|2\"}",
        "x{a=~\"1|2\",a!=\"1\"}",
        "x{a=~\"1.*\",a!~\"12.*\"}",
        "x{a=~\".+\",a!=\"\"}",
        "x{a=~\"1.|2\",a!~\"1|2\"}",
        "x{a=\"\",a!=\"1\"}",
      })
  void matchersMayNarrowEachOther(String expr) {
    assertThat(lintExpr(expr, Check.CONTRADICTORY_MATCHERS)).isEmpty();
  }

  @Test
  void aContradictionNamesBothMatchers() {
    assertThat(message("x{a=\"1\",a!~\"1|2\"}", Check.CONTRADICTORY_MATCHERS))
        .isEqualTo("selects nothing: no value of \"a\" satisfies a=\"1\" and a!~\"1|2\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x{a=\"1\"} / y{a=\"2\"}",
        "x{a=\"1\"} and on (a, b) y{a=\"2\"}",
        "sum by (job) (x) / y{instance=\"1\"}",
        "sum without (instance) (x) > on (instance) y{instance=\"1\"}",
        "rate(x{a=\"1\"}[5m]) * ignoring (b) group_left max_over_time(y{a=\"2\"}[5m])",
        "x{a=\"1\"} > vector(1)",
        "(x{a=\"1\"} or y{a=\"1\"}) - z{a=\"2\"}",
      })
  void sidesMayNeverMeet(String expr) {
    assertThat(lintExpr(expr, Check.SIDES_NEVER_MEET)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x{a=\"1\"} / ignoring (a) y{a=\"2\"}",
        "x{a=\"1\"} / on (b) y{a=\"2\"}",
        "x{a=\"1\"} or y{a=\"2\"}",
        "x{a=\"1\"} unless y{a=\"2\"}",
        "x{a=\"1\"} / y",
        "x{a=\"1\"} / label_replace(y{a=\"2\"}, \"a\", \"1\", \"\", \"\")",
        "sum by (job) (x) / on (job) y{instance=\"1\"}",
        "x{a=\"1\"} > on () vector(1)",
        "sum by (job) (x{instance=\"1\"}) / sum by (job) (y{instance=\"2\"})",
      })
  void sidesMayMeet(String expr) {
    assertThat(lintExpr(expr, Check.SIDES_NEVER_MEET)).isEmpty();
  }

  @Test
  void sidesThatNeverMeetAreToldTheLabel() {
    assertThat(message("sum by (job) (x) / y{instance=\"1\"}", Check.SIDES_NEVER_MEET))
        .isEqualTo(
            "the sides of / never meet: label instance is absent on the left, \"1\" on the right");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "absent(x) > 1",
        "absent_over_time(x[5m]) == 0",
        "1 > absent(x)",
        "(x > bool 1) > 1",
        "count(x) < 1",
        "count by (a) (x) == 0",
        "x > 90 < 10",
        "x == NaN",
        "hour() > 23",
        "month() < 1",
        "clamp(x, 0, 1) > 1",
        "clamp_max(x, 5) >= 6",
        "clamp_min(x, 5) < 5",
        "vector(0) > 1",
        "changes(x[5m]) < 0",
        "abs(x) < 0",
        "-abs(x) > 0",
        "max(x == bool 1) == 2",
        "count(x) * 100 < 100",
        "count(x) - 1 < 0",
        "max_over_time((x == bool 0)[5m:]) > 1",
        "x > 5 and x < 3",
        "rate(x[5m]) > 5 and y > 1 and rate(x[5m]) == 5",
        "(x > 5) and (10 < y and 3 > x)",
        "sum(count(x)) < 0",
        "sqrt(x) < on () vector(0)",
      })
  void aComparisonMayNeverHold(String expr) {
    assertThat(lintExpr(expr, Check.IMPOSSIBLE_COMPARISON)).as(expr).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "absent(x) == 1",
        "absent(x) > 0",
        "up > 1",
        "rate(x[5m]) < 0",
        "count(x) <= 1",
        "x > 10 < 90",
        "x != NaN",
        "(x > bool 1) == 1",
        "x > 5 or x < 3",
        "x > 3 and x < 5",
        "x > 5 and on (a) x < 3",
        "x > 5 and y < 3",
        "{a=\"1\"} > 5 and {a=\"1\"} < 3",
        "x > 5 unless x < 3",
        "avg(x == bool 1) > 1",
        "absent(x) > bool 1",
        "absent(x) - on () y > 1",
        "clamp_max(x, 5) < 0",
        "clamp_min(x, 5) > 100",
        "clamp(x, 10, 1) > 1",
        "x / 0 > 1",
        "quantile(0.5, x == bool 1) > 1",
      })
  void aComparisonMayHold(String expr) {
    assertThat(lintExpr(expr, Check.IMPOSSIBLE_COMPARISON)).as(expr).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "histogram_quantile(95, rate(x_bucket[5m]))",
        "quantile(-0.1, x)",
        "quantile by (a) (1.01, x)",
        "quantile_over_time(99, x[5m])",
        "histogram_quantile(NaN, x_bucket)",
        "histogram_quantile(5 * 10, x_bucket)",
      })
  void aQuantileMayBeOutOfRange(String expr) {
    assertThat(lintExpr(expr, Check.QUANTILE_RANGE)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "histogram_quantile(0, x_bucket)",
        "histogram_quantile(1, x_bucket)",
        "quantile(scalar(y), x)",
        "quantile_over_time(0.5, x[5m])",
        "topk(5, x)",
      })
  void aQuantileMayBeInRange(String expr) {
    assertThat(lintExpr(expr, Check.QUANTILE_RANGE)).isEmpty();
  }

  @Test
  void anAlertsNameOverwritesALabel() {
    String text =
        """
        groups:
          - name: a
            rules:
              - alert: A
                expr: up
                labels: {team: x, alertname: B}
              - record: r
                expr: up
                labels: {alertname: B}
        """;
    assertThat(lint(text, Check.POINTLESS_LABEL))
        .extracting(finding -> finding.place().line() + ":" + finding.place().column())
        .containsExactly("6:38");
  }

  @Test
  void aRuleWithoutPartsIsToldWithItsCause() {
    assertThat(message("absent(x)", Check.WHOLE_EVALUATION))
        .isEqualTo(
            "is evaluated over all its series whenever one of them changes: absent(x) cannot be"
                + " split by a label");
    assertThat(lintExpr("x", Check.WHOLE_EVALUATION)).isEmpty();
    assertThat(lintExpr("absent(vector(1))", Check.WHOLE_EVALUATION)).isEmpty();
  }

  @Test
  void aCostIsOfAPointAWindowAPartOrTheWhole() {
    assertThat(message("x > 5", Check.COST))
        .isEqualTo(
            "cost: point; each sample re-evaluates its own series; 1 selector, 5m back, 1 sample a"
                + " series");
    assertThat(message("rate(x[5m]) > 5", Check.COST))
        .isEqualTo(
            "cost: window; each sample re-evaluates the window of its own series; 1 selector, 5m"
                + " back, 20 samples a series");
    assertThat(message("x / y", Check.COST))
        .isEqualTo(
            "cost: partition; each change re-evaluates the series with the same job; 2 selectors,"
                + " 5m back, 2 samples a series");
    assertThat(message("absent(rate(x[1h:1m] offset 5m))", Check.COST))
        .isEqualTo(
            "cost: whole; each change re-evaluates all series; 1 selector, 1h5m back, 60 samples a"
                + " series: 60,000 samples with 1,000 series a selector");
    assertThat(message("vector(1)", Check.COST)).isEqualTo("cost: constant; reads no series");
  }

  @Test
  void onlyWhatIsAskedForIsFound() {
    assertThat(lintExpr("absent(x{a=\"1\",a=\"2\"}) > 1", Check.CONTRADICTORY_MATCHERS))
        .extracting(Finding::check)
        .containsExactly(Check.CONTRADICTORY_MATCHERS);
  }

  @Test
  void rulesOfAManifestAreFoundToo() {
    String text =
        """
        apiVersion: monitoring.coreos.com/v1
        kind: PrometheusRule
        spec:
          groups:
            - name: a
              rules:
                - record: r
                  expr: "rate(x[1s])"
        """;
    assertThat(lint(text, Check.SHORT_RANGE))
        .extracting(finding -> finding.place().line() + ":" + finding.place().column())
        .containsExactly("8:23");
  }
}
