package dev.tocsin.promql.eval;

import static dev.tocsin.promql.eval.Trees.at;
import static dev.tocsin.promql.eval.Trees.call;
import static dev.tocsin.promql.eval.Trees.selector;
import static dev.tocsin.promql.eval.Trees.series;
import static dev.tocsin.promql.eval.Trees.subquery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubqueryTest {
  private final MemorySource source =
      new MemorySource().with(series("x"), 10_000, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

  private static final FloatHistogram HISTOGRAM =
      new FloatHistogram(
          ResetHint.UNKNOWN, 0, 0, 0, 0, 0, Buckets.NONE, Buckets.NONE, new double[0]);

  private Value evaluate(Expr expr, long timeMs) {
    return new Evaluator(source, EvalOptions.DEFAULT).instant(expr, timeMs).value();
  }

  @Test
  void stepsAreMultiplesOfTheStepAfterTheStartOfTheRange() {
    Value.Matrix matrix = (Value.Matrix) evaluate(subquery(selector("x"), 30_000, 15_000), 65_000);
    assertThat(matrix.rows().getFirst().timesMs()).containsExactly(45_000, 60_000);
    assertThat(matrix.rows().getFirst().values()).containsExactly(4, 6);
  }

  @Test
  void theStartOfTheRangeIsNotInIt() {
    Value.Matrix matrix = (Value.Matrix) evaluate(subquery(selector("x"), 30_000, 15_000), 60_000);
    assertThat(matrix.rows().getFirst().timesMs()).containsExactly(45_000, 60_000);
  }

  @Test
  void aRangeQueryEvaluatesItOnce() {
    Expr max = call("max_over_time", subquery(selector("x"), 30_000, 10_000));
    Evaluation result =
        new Evaluator(source, EvalOptions.DEFAULT).range(max, 60_000, 120_000, 10_000);
    assertThat(((Value.Matrix) result.value()).rows().getFirst().values())
        .containsExactly(6, 7, 8, 9, 10, 11, 12);
    assertThat(source.selections()).isEqualTo(1);
  }

  @Test
  void whatIsPinnedIsTheSameAtEveryStep() {
    Evaluation result =
        new Evaluator(source, EvalOptions.DEFAULT).range(at("x", 50_000), 0, 120_000, 60_000);
    assertThat(((Value.Matrix) result.value()).rows().getFirst().values()).containsExactly(5, 5, 5);
  }

  /// Whether series are read one after the other or step by step depends on whether there are
  /// histograms, also outside of all windows: no order of sums may depend on that.
  @Test
  void seriesComeInTheOrderInWhichTheyAppearWhicheverWayTheyAreRead() {
    Labels late = series("y", "at", "late");
    Labels early = series("y", "at", "early");
    MemorySource floats = new MemorySource();
    floats.add(late, 50_000, 1);
    floats.add(early, 20_000, 2);
    MemorySource mixed = new MemorySource();
    mixed.add(late, 50_000, 1);
    mixed.add(early, 20_000, 2);
    mixed.add(series("y", "at", "none"), 1_000, HISTOGRAM);
    mixed.add(series("y", "at", "none"), 1_001, StaleMarker.VALUE);
    Expr latest = call("last_over_time", subquery(selector("y"), 60_000, 10_000));
    for (MemorySource each : List.of(floats, mixed)) {
      Evaluation result = new Evaluator(each, EvalOptions.DEFAULT).instant(latest, 65_000);
      assertThat(((Value.Vector) result.value()).elements().stream().map(Value.Element::labels))
          .containsExactly(early, late);
    }
  }

  @Test
  void deepNestingEnds() {
    Expr expr = selector("x");
    for (int i = 0; i <= Run.SUBQUERIES_DEEP_MAX; i++) {
      expr = call("max_over_time", subquery(expr, 10_000, 10_000));
    }
    Expr deep = expr;
    assertThatThrownBy(() -> evaluate(deep, 0))
        .isInstanceOf(EvalException.class)
        .hasMessage("subqueries are nested deeper than 32");
  }
}
