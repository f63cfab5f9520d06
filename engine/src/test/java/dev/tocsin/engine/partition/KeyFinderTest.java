package dev.tocsin.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.parse.ParseOptions;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.rules.file.RuleFile;
import dev.tocsin.rules.file.RuleFileReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The keys of the shapes that rules have: as large as they can be.
class KeyFinderTest {
  private static Expr parse(String query) {
    return PromqlParser.parse(query, ParseOptions.ALL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "up == 0 | all labels",
        "up @ 100 offset 5m | all labels",
        "rate(errors_total[5m]) > 10 | all labels",
        "time() - last_run > 3600 | all labels",
        "max_over_time(rate(x[1m])[10m:]) | all labels",
        "sum by (job, instance) (rate(x[5m])) > 1 | instance, job",
        "sum without (cpu) (rate(x[5m])) | all labels but cpu",
        "sum by (__name__, job) (x) | job",
        "sum(x) | no label",
        "sum by (job) (x) / sum by (job) (y) | job",
        "a / b | all labels",
        "a / on (job, instance) b | instance, job",
        "a / ignoring (code) sum without (code) (a) | all labels but code",
        "a * on (instance) group_left (team) b | instance",
        "a * ignoring (code) group_left b | all labels but code",
        "a and on (instance) b | instance",
        "a unless ignoring (mode) b | all labels but mode",
        "a or b | all labels",
        "a and on () b | no label",
        "sum by (job) (x) or sum by (instance) (x) | no label",
        "a / on (job) fill(0) b | job",
        "topk(3, x) | no label",
        "topk by (job) (3, x) | job",
        "limit_ratio(0.5, x) | all labels",
        "count_values by (job) (\"version\", build) | job",
        "count_values without (a) (\"version\", build) | all labels but a, version",
        "quantile by (job) (0.9, x) | job",
        "quantile by (job) (scalar(y), x) | no label",
        "histogram_quantile(0.9, sum by (le, job) (rate(x_bucket[5m]))) | job",
        "histogram_quantile(0.9, rate(x_bucket[5m])) | all labels but le",
        "histogram_quantiles(x, \"q\", 0.5, 0.9) | all labels but le, q",
        "label_replace(up, \"host\", \"$1\", \"instance\", \"(.*):.*\") == 0 | all labels but host",
        "label_join(up, \"x\", \"-\", \"a\", \"b\") | all labels but x",
        "absent(up{job=\"a\"}) | no label",
        "absent_over_time(up[5m]) | no label",
        "vector(1) | no label",
        "x or vector(0) | no label",
        "x > scalar(y) | no label",
        "clamp_max(x, scalar(y)) | no label",
        "info(x) | no label",
        "x > 1 and on () hour() > 8 | all labels",
        "x unless on () vector(1) | all labels",
        "x > on () group_left vector(5) | all labels",
        "x * on () group_left (team) label_replace(vector(5), \"team\", \"a\", \"\", \"\")"
            + " | all labels but team",
        "vector(5) * on () group_left x | no label",
        "x + on (job) vector(1) | job",
        "x + on (job) fill_left(0) vector(1) | no label",
        "x + on (job) fill_right(0) vector(1) | job",
        "sort_desc(x) | all labels",
        "-x | all labels",
        "timestamp(x) | all labels",
        "1 + 1 | no label",
      })
  void theKeyOf(String query, String key) {
    assertThat(PartitionKey.of(parse(query))).hasToString(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "x / on (job) sum by (job) (y) | -",
        "sum by (job) (x) / sum by (job) (y) | -",
        "a == b | -",
        "a == {__name__=~\"b.*\"} | a == {__name__=~\"b.*\"}",
        "a * on (instance) group_left (team) b | a * on (instance) group_left (team) b",
        "b + on (x) group_right a | b + on (x) group_right a",
        "max by (instance) (a) * on (instance) group_right b | -",
        "a / on (job) fill(0) b | -",
        "(a / on (job) b) > 5 | a / on (job) b",
        "a and on (job) b | -",
        "a / on (job) (sum(y) or sum(z)) | a / on (job) (sum(y) or sum(z))",
        "a / on (job) y{instance=\"1\"} | a / on (job) y{instance=\"1\"}",
      })
  void theOperatorsThatMayHideAConflictOf(String query, String found) {
    List<String> texts =
        Conflicts.of(parse(query)).stream()
            .map(binary -> query.substring(binary.span().start(), binary.span().end()))
            .toList();
    assertThat(texts).isEqualTo(found == null ? List.of() : List.of(found));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a > 5 | false",
        "{job=\"x\"} > 5 | false",
        "{job=\"x\"} > bool 5 | true",
        "{job=\"x\"} * 2 | true",
        "-a | false",
        "-{job=\"x\"} | true",
        "rate(a[5m]) | false",
        "rate({job=\"x\"}[5m]) | true",
        "last_over_time({job=\"x\"}[5m]) | false",
        "sum by (job) ({job=\"x\"}) | false",
        "a / b | false",
        "a / on (job) b | true",
        "sum by (job) (a) / on (job) sum by (job) (b) | false",
        "a == b | false",
        "a and on (job) b | false",
        "a or b | false",
        "(a or b) + 1 | true",
        "label_replace(a, \"x\", \"$1\", \"y\", \"(.*)\") | true",
        "label_replace(sum by (y) (a), \"x\", \"$1\", \"y\", \"(.*)\") | false",
        "histogram_quantile(0.9, sum by (le) (rate(a[5m]))) | false",
      })
  void whereOnePartMayFailAndOthersDoNot(String query, boolean may) {
    assertThat(Conflicts.partsMayFail(parse(query))).isEqualTo(may);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "sum by (job) (x) > 1 | -",
        "vector(1) | -",
        "1 - (sum(x) / sum(y)) > 2 | sum(x)",
        "x > scalar(y) | scalar(y)",
        "x and on () y | x and on () y",
        "rate(sum(x)[5m:]) | sum(x)",
        "quantile by (a) (scalar(y), x) | scalar(y)",
        "x or vector(0) | x or vector(0)",
      })
  void thePieceThatLeavesNoKey(String query, String cause) {
    String found =
        Cause.of(parse(query))
            .map(piece -> query.substring(piece.span().start(), piece.span().end()))
            .orElse(null);
    assertThat(found).isEqualTo(cause);
  }

  @Test
  void infoReadsTheSeriesOfItsMetrics() {
    assertThat(Leaves.of(parse("info(x)")).getLast().matchers())
        .hasToString("[__name__=\"target_info\"]");
    assertThat(Leaves.of(parse("info(x, {a=\"1\"})")).getLast().matchers())
        .hasToString("[__name__=\"target_info\", a=\"1\"]");
    assertThat(Leaves.of(parse("info(x, {__name__!=\"y\"})")).getLast().matchers())
        .hasToString("[__name__=~\".+_info\", __name__!=\"y\"]");
    assertThat(Leaves.of(parse("topk(scalar(a), b) or rate(c[5m])")))
        .extracting(Expr.VectorSelector::name)
        .containsExactly("a", "b", "c");
  }

  @Test
  void whatARuleOverwritesIsNotInItsKey() {
    String text =
        """
        groups:
          - name: g
            labels: {team: a}
            rules:
              - alert: A
                expr: up == 0
                labels: {job: '{{ $labels.job }}'}
              - record: r
                expr: sum by (job, team) (x)
        """;
    Problems problems = new Problems();
    RuleFile file = RuleFileReader.read("r.yml", text, problems);
    assertThat(problems.list()).isEmpty();
    assertThat(file.groups().getFirst().rules())
        .extracting(rule -> PartitionKey.of(rule).toString())
        .containsExactly("all labels but alertname, job, team", "job");
  }

  @Test
  void thePartOfASeriesAreItsLabelsInTheKey() {
    Labels labels = Labels.of("__name__", "x", "__type__", "gauge", "job", "a", "code", "5");
    assertThat(PartitionKey.ALL.restrict(labels)).isEqualTo(Labels.of("job", "a", "code", "5"));
    PartitionKey some = PartitionKey.only(List.of("job", "zone", "__name__"));
    assertThat(some.restrict(labels)).isEqualTo(Labels.of("job", "a"));
    assertThat(some.contains("__name__")).isFalse();
    assertThat(PartitionKey.NONE.restrict(labels)).isEqualTo(Labels.empty());
    assertThat(PartitionKey.ALL.minus(List.of("code")).restrict(labels))
        .isEqualTo(Labels.of("job", "a"));
  }

  @Test
  void setsOfNamesMayBeInfinite() {
    NameSet finite = NameSet.only(List.of("a", "b"));
    NameSet others = NameSet.allBut(List.of("b", "c"));
    assertThat(finite.intersect(others)).isEqualTo(NameSet.only(List.of("a")));
    assertThat(finite.union(others)).isEqualTo(NameSet.allBut(List.of("c")));
    assertThat(others.intersect(NameSet.allBut(List.of("d"))))
        .hasToString("all labels but b, c, d");
    assertThat(finite.isWithin(others)).isFalse();
    assertThat(NameSet.only(List.of("a")).isWithin(others)).isTrue();
    assertThat(others.isWithin(finite)).isFalse();
    assertThat(NameSet.NONE.isWithin(finite)).isTrue();
  }
}
