package dev.tocsin.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.promql.script.Outcome;
import dev.tocsin.promql.script.Profile;
import dev.tocsin.promql.script.Script;
import dev.tocsin.promql.script.ScriptRunner;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Native histograms through the evaluator, as scripts. `latency` is a counter that is reset at 4m,
/// `level` a gauge, `mixed` changes from floats to histograms, `custom` has bounds of its own.
class HistogramQueriesTest {
  private static final String SERIES =
      """
      load 1m
        latency{i="a"} {{schema:0 count:4 sum:8 buckets:[1 3]}}+{{schema:0 count:2 sum:4 buckets:[2]}}x3 {{schema:0 count:1 sum:2 buckets:[1]}}x2
        latency{i="b"} {{schema:1 count:6 sum:9 buckets:[2 2 2]}}x6
        level {{schema:0 count:4 sum:8 buckets:[1 3] counter_reset_hint:gauge}} {{schema:0 count:2 sum:4 buckets:[1 1] counter_reset_hint:gauge}}
        mixed 1 2 {{schema:0 count:2 sum:4 buckets:[1 1]}} {{schema:0 count:4 sum:8 buckets:[2 2]}}
        custom {{schema:-53 count:4 sum:8 custom_values:[1 2 4] buckets:[1 1 1 1]}} {{schema:-53 count:8 sum:16 custom_values:[1 4] buckets:[2 4 2]}}
        number 3x6

      """;

  private static void passes(String cases) {
    List<Outcome> failures =
        ScriptRunner.run(Script.parse(SERIES + cases), Profile.ALL).outcomes().stream()
            .filter(Outcome::failed)
            .toList();
    assertThat(failures).isEmpty();
  }

  @Test
  void selectorsGiveHistogramsAsTheyAre() {
    passes(
        """
        eval instant at 90s latency{i="b"}
          latency{i="b"} {{schema:1 count:6 sum:9 buckets:[2 2 2]}}

        eval range from 0 to 3m step 1m mixed
          mixed 1 2 {{schema:0 count:2 sum:4 buckets:[1 1]}} {{schema:0 count:4 sum:8 buckets:[2 2]}}
        """);
  }

  @Test
  void aResetIsAddedToTheIncrease() {
    passes(
        """
        eval instant at 5m histogram_count(increase(latency{i="a"}[5m1s]))
          {i="a"} 7.0233333333333

        eval instant at 5m resets(latency{i="a"}[10m])
          {i="a"} 1

        eval instant at 5m changes(latency[10m])
          {i="a"} 4
          {i="b"} 0
        """);
  }

  @Test
  void rateAndDeltaSayWhatTheyAreNotFor() {
    passes(
        """
        eval instant at 1m rate(level[2m])
          expect warn msg: PromQL warning: this native histogram metric is not a counter: "level" (1:6)
          {} {{schema:0 count:0.0333333333333 sum:0.0666666666667 buckets:[0.0166666666667 0.0166666666667] counter_reset_hint:gauge}}

        eval instant at 1m delta(latency{i="b"}[2m])
          expect warn msg: PromQL warning: this native histogram metric is not a gauge: "latency" (1:7)
          {i="b"} {{schema:1 counter_reset_hint:gauge}}
        """);
  }

  @Test
  void floatsAndHistogramsInOneRangeMakeNoRate() {
    passes(
        """
        eval instant at 3m rate(mixed[5m])
          expect warn msg: PromQL warning: encountered a mix of histograms and floats for metric name "mixed" (1:6)

        eval instant at 3m irate(mixed[2m5s])
          expect no_warn
          {} {{schema:0 count:0.0333333333 sum:0.0666666666 buckets:[0.0166666666 0.0166666666] counter_reset_hint:gauge}}

        eval instant at 2m idelta(mixed[5m])
          expect warn msg: PromQL warning: encountered a mix of histograms and floats for metric name "mixed" (1:8)

        eval instant at 3m max_over_time(mixed[5m])
          expect info msg: PromQL info: ignored histograms in a range containing both floats and histograms for metric name "mixed" (1:15)
          {} 2

        eval instant at 3m count_over_time(mixed[5m])
          expect no_info
          {} 4

        eval instant at 3m first_over_time(mixed[5m])
          mixed 1

        eval instant at 3m min_over_time(latency[5m])
          expect no_info
        """);
  }

  @Test
  void operatorsOnHistograms() {
    passes(
        """
        eval instant at 0 -latency{i="a"}
          {i="a"} {{schema:0 count:-4 sum:-8 buckets:[-1 -3] counter_reset_hint:gauge}}

        eval instant at 0 latency{i="a"} * 2 / 4
          {i="a"} {{schema:0 count:2 sum:4 buckets:[0.5 1.5]}}

        eval instant at 0 latency{i="b"} - latency{i="b"}
          {i="b"} {{schema:1 counter_reset_hint:gauge}}

        eval instant at 0 latency == latency{i="a"}
          latency{i="a"} {{schema:0 count:4 sum:8 buckets:[1 3]}}

        eval instant at 0 latency != bool latency
          {i="a"} 0
          {i="b"} 0

        eval instant at 0 latency </ 1
          latency{i="a"} {{schema:0 count:1 sum:0.7071067811865 buckets:[1]}}
          latency{i="b"} {{schema:1 count:2 sum:1.6817928305 buckets:[2]}}
        """);
  }

  @Test
  void pairsThatDoNotGoTogetherAreLeftOut() {
    passes(
        """
        eval instant at 0 latency{i="a"} + on() group_left number
          expect info msg: PromQL info: incompatible sample types encountered for binary operator "+": histogram + float (1:1)

        eval instant at 0 latency > 1
          expect info msg: PromQL info: incompatible sample types encountered for binary operator ">": histogram > float (1:1)

        eval instant at 0 custom + on() latency{i="a"}
          expect warn msg: PromQL warning: incompatible bucket layout encountered for binary operator + (1:1)

        eval instant at 0 number </ 2
          expect info msg: PromQL info: incompatible sample types encountered for binary operator "</": float </ float (1:1)

        eval instant at 1m custom - custom offset 1m
          expect info msg: PromQL info: mismatched custom buckets were reconciled during subtraction (1:1)
          {} {{schema:-53 count:4 sum:8 custom_values:[1 4] buckets:[1 2 1] counter_reset_hint:gauge}}
        """);
  }

  @Test
  void aggregationsAddHistogramsOrLeaveThemOut() {
    passes(
        """
        eval instant at 0 sum(latency)
          {} {{schema:0 count:10 sum:17 buckets:[3 7]}}

        eval instant at 0 avg(latency)
          {} {{schema:0 count:5 sum:8.5 buckets:[1.5 3.5]}}

        eval instant at 0 sum({__name__=~"latency|number"})
          expect warn msg: PromQL warning: encountered a mix of histograms and floats for aggregation (1:5)

        eval instant at 0 sum({__name__=~"latency|custom"})
          expect warn regex: mix of histograms with exponential and custom buckets schemas

        eval instant at 0 max({__name__=~"latency|number"})
          expect info msg: PromQL info: ignored histogram in max aggregation (1:5)
          {} 3

        eval instant at 0 topk(5, {__name__=~"latency|number"})
          expect info msg: PromQL info: ignored histogram in topk aggregation (1:1)
          number 3

        eval instant at 0 count({__name__=~"latency|number"})
          {} 3

        eval instant at 0 count_values("shape", custom)
          {shape="{count:4, sum:8, [-Inf,1]:1, (1,2]:1, (2,4]:1, (4,+Inf]:1}"} 1
        """);
  }

  @Test
  void functionsOfFloatsLeaveHistogramsOut() {
    passes(
        """
        eval instant at 0 abs({__name__=~"latency|number"})
          {} 3

        eval instant at 0 sort({__name__=~"latency|number"})
          number 3

        eval instant at 0 clamp({__name__=~"latency|number"}, 0, 1)
          {} 1

        eval instant at 0 scalar({__name__=~"latency|number"})
          3

        eval instant at 30s timestamp(latency)
          {i="a"} 0
          {i="b"} 0

        eval instant at 0 absent(latency)

        eval instant at 0 label_replace(level, "to", "$1", "__name__", "(le).*")
          level{to="le"} {{schema:0 count:4 sum:8 buckets:[1 3] counter_reset_hint:gauge}}
        """);
  }

  @Test
  void numbersAboutHistograms() {
    passes(
        """
        eval instant at 0 histogram_avg(latency)
          {i="a"} 2
          {i="b"} 1.5

        eval instant at 0 histogram_fraction(-Inf, 1, latency{i="a"})
          {i="a"} 0.25

        eval instant at 0 histogram_quantile(0.25, custom)
          {} 1

        eval instant at 0 histogram_quantiles(custom, "q", 0.25, 0.5)
          {q="0.25"} 1
          {q="0.5"} 2

        eval instant at 0 histogram_quantile(0.5, number)
          expect warn regex: bucket label "le" is missing
        """);
  }

  @Test
  void aSubqueryForgetsWhatWasKnownOfResets() {
    // Of the samples at 0, 2m and 4m, the reset is between the last two.
    passes(
        """
        eval instant at 4m resets(latency{i="a"}[5m:2m])
          {i="a"} 1
        """);
  }
}
