package dev.tocsin.promql.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// That cases pass and, above all, that they can fail.
class ScriptRunnerTest {
  private static final String SERIES =
      """
      load 1m
        a{x="1"} 1 2 3
        a{x="2"} 4 5 6
        h {{schema:0 count:3 sum:5 buckets:[1 2]}}x2

      """;

  private static ScriptReport run(String cases) {
    return ScriptRunner.run(Script.parse(SERIES + cases), Profile.ALL);
  }

  private static Mismatch failure(String cases) {
    ScriptReport report = run(cases);
    assertThat(report.failed()).as("%s", report).isEqualTo(1);
    return report.outcomes().stream()
        .filter(Outcome::failed)
        .map(outcome -> ((Verdict.Failed) outcome.verdict()).mismatch())
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eval instant at 1m a;  a{x=\"2\"} 5;  a{x=\"1\"} 2.0000001",
        "eval_ordered instant at 1m sort_desc(a);  a{x=\"2\"} 5;  a{x=\"1\"} 2",
        "eval instant at 1m sort(a);  expect ordered;  a{x=\"1\"} 2;  a{x=\"2\"} 5",
        "eval instant at 1m scalar(a{x=\"1\"});  2",
        "eval instant at 1m \"b\";  expect string \"b\"",
        "eval instant at 1m a{x=\"3\"}",
        "eval_fail instant at 1m a + on() a",
        "eval_fail instant at 1m a + on() a;  expected_fail_regexp duplicate series",
        "eval instant at 1m a + on() a;  expect fail regex: duplicate series",
        "eval range from 0 to 2m step 1m a{x=\"1\"} > 1;  {x=\"1\", __name__=\"a\"} _ 2 3",
        "eval instant at 2m a{x=\"1\"}[2m];  expect range vector from 1m to 2m step 1m;  a{x=\"1\"}"
            + " 2 3",
        "eval_warn instant at 1m quantile(2, a);  {} Inf",
        "eval instant at 1m quantile(2, a);  expect warn regex: quantile value;  {} Inf",
        "eval instant at 1m a;  expect no_warn;  expect no_info;  a{x=\"2\"} 5;  a{x=\"1\"} 2"
      })
  void whatIsAsExpectedPasses(String test) {
    ScriptReport report = run(test.replace(";", "\n"));
    assertThat(report.failed()).as("%s", report).isZero();
    assertThat(report.passed()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eval instant at 1m a;  a{x=\"2\"} 5",
        "eval instant at 1m a;  a{x=\"2\"} 5;  a{x=\"1\"} 2.00001",
        "eval instant at 1m a;  a{x=\"2\"} 5;  a{x=\"1\"} {{count:2}}",
        "eval instant at 1m a;  a{x=\"2\"} 5;  a{x=\"1\"} 2;  a{x=\"3\"} 1",
        "eval instant at 1m a;  5",
        "eval_ordered instant at 1m sort(a);  a{x=\"2\"} 5;  a{x=\"1\"} 2",
        "eval instant at 1m scalar(a{x=\"1\"});  3",
        "eval instant at 1m scalar(a{x=\"1\"});  {} 2",
        "eval instant at 1m \"b\";  expect string \"c\"",
        "eval_fail instant at 1m a",
        "eval instant at 1m a + on() a",
        "eval instant at 1m a + on() a;  expect fail msg: something else",
        "eval instant at 1m a + on() a;  expect fail regex: something else",
        "eval range from 0 to 2m step 1m a{x=\"1\"} > 1;  a{x=\"1\"} 1 2 3",
        "eval range from 0 to 2m step 1m a{x=\"1\"} > 1;  a{x=\"1\"} 2 3",
        "eval range from 0 to 2m step 1m a{x=\"1\"};  a{x=\"1\"} 1 2",
        "eval range from 0 to 2m step 1m a{x=\"1\"};  a{x=\"1\"} 1 2 3 4",
        "eval range from 0 to 2m step 1m a{x=\"1\"};",
        "eval_warn instant at 1m a;  a{x=\"2\"} 5;  a{x=\"1\"} 2",
        "eval_info instant at 1m a;  a{x=\"2\"} 5;  a{x=\"1\"} 2",
        "eval instant at 1m quantile(2, a);  expect no_warn;  {} Inf",
        "eval instant at 1m quantile(2, a);  expect warn msg: quantile value;  {} Inf",
        "eval instant at 1m quantile(2, a);  expect info;  {} Inf"
      })
  void whatIsNotAsExpectedFails(String test) {
    assertThat(failure(test.replace(";", "\n")).expected()).isNotEmpty();
  }

  @Test
  void expectedAndActualAreTold() {
    Mismatch mismatch = failure("eval instant at 1m a{x=\"1\"}\n  a{x=\"1\"} 7");
    assertThat(mismatch).isEqualTo(new Mismatch("", "a{x=\"1\"} 7", "a{x=\"1\"} 2"));
  }

  @Test
  void histogramsAreComparedByTheirBuckets() {
    assertThat(run("eval instant at 1m h\n  h {{count:3 sum:5.0000001 buckets:[1 2 0]}}").failed())
        .isZero();
    assertThat(failure("eval instant at 1m h\n  h {{count:3 sum:5 buckets:[2 1]}}").actual())
        .contains("buckets:[1 2]");
    assertThat(
            failure("eval instant at 1m h\n  h {{count:3 sum:5 buckets:[1 2] offset:1}}").actual())
        .contains("buckets:[1 2]");
    assertThat(failure("eval instant at 1m h\n  h 3").expected()).isEqualTo("h 3");
  }

  @Test
  void hintsAreComparedWhereTheyAreWritten() {
    String test = "eval instant at %s h\n  h {{count:3 sum:5 buckets:[1 2] counter_reset_hint:%s}}";
    assertThat(run(test.formatted("0", "unknown")).failed()).isZero();
    assertThat(run(test.formatted("1m", "not_reset")).failed()).isZero();
    assertThat(failure(test.formatted("1m", "gauge")).expected()).contains("gauge");
  }

  @Test
  void samplesThatNoStorageTakesAreAFailure() {
    assertThat(failure("load 1m\n  a{x=\"1\"} 9\n").actual())
        .contains("out of order sample of a{x=\"1\"}: at 0 ms, after 120000 ms");
    assertThat(failure("load 1m\n  g {{schema:-53 custom_values:[1] buckets:[1 2 3]}}\n").actual())
        .contains("custom");
  }

  @Test
  void clearForgetsAllSeries() {
    assertThat(run("clear\n\neval instant at 1m a").failed()).isZero();
  }

  @Test
  void classicHistogramsAreLoadedAsNativeOnesToo() {
    String script =
        """
        load_with_nhcb 1m
          c_bucket{le="1"} 1 2
          c_bucket{le="2"} 3 6
          c_bucket{le="+Inf"} 4 8
          c_sum 5.5 11
          c_count 4 8

        eval instant at 1m c
          c {{schema:-53 count:8 sum:11 custom_values:[1 2] buckets:[2 4 2]}}
        """;
    ScriptReport report = ScriptRunner.run(Script.parse(script), Profile.ALL);
    assertThat(report.failed()).as("%s", report).isZero();
  }

  @Test
  void classicHistogramsThatContradictThemselvesAreNotLoaded() {
    String script = "load_with_nhcb 1m\n  c_bucket{le=\"1\"} 3\n  c_bucket{le=\"2\"} 2\n";
    ScriptReport report = ScriptRunner.run(Script.parse(script), Profile.ALL);
    assertThat(report.failed()).isEqualTo(1);
    assertThat(report.outcomes().toString()).contains("count is not cumulative");
  }

  @Test
  void aQueryThatNeedsAnExperimentalFeatureIsRefusedInProduction() {
    String script = "eval instant at 0 a + fill(1) a\n";
    ScriptReport report = ScriptRunner.run(Script.parse(script), Profile.PRODUCTION);
    assertThat(report.count(Verdict.Refused.class)).isEqualTo(1);
    assertThat(report.passed()).isEqualTo(1);
    assertThat(report.outcomes().toString()).contains("experimental and not enabled");
  }

  @Test
  void aResultThatNeedsAFeatureFlagIsToldInProduction() {
    String script =
        SERIES
            + """
            eval instant at 1m label_replace(abs(a{x="1"}), "y", "$1", "__name__", "(.+)")
              {x="1", y="a"} 2
            """;
    assertThat(ScriptRunner.run(Script.parse(script), Profile.PRODUCTION).outcomes())
        .singleElement()
        .extracting(Outcome::verdict, InstanceOfAssertFactories.type(Verdict.class))
        .isInstanceOfSatisfying(
            Verdict.NeedsFlag.class,
            verdict -> assertThat(verdict.flag()).isEqualTo("promql-delayed-name-removal"));
  }
}
