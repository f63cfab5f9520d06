package dev.tocsin.promql.eval;

import static dev.tocsin.promql.eval.Trees.call;
import static dev.tocsin.promql.eval.Trees.range;
import static dev.tocsin.promql.eval.Trees.selector;
import static dev.tocsin.promql.eval.Trees.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.value.Value;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramLimitsTest {
  private final MemorySource source = new MemorySource();

  /// With as many buckets of one observation each.
  private static FloatHistogram histogram(int buckets, double sum) {
    double[] counts = new double[buckets];
    Arrays.fill(counts, 1);
    Buckets positive = new Buckets(new int[] {0}, new int[] {buckets}, counts);
    double[] noBounds = {};
    return new FloatHistogram(
        ResetHint.UNKNOWN, 0, 0, 0, buckets, sum, positive, Buckets.NONE, noBounds);
  }

  private Value evaluate(Expr expr, long samplesMax) {
    EvalOptions options = EvalOptions.DEFAULT.withSamplesMax(samplesMax);
    return new Evaluator(source, options).instant(expr, 0).value();
  }

  @Test
  void aHistogramCountsForTheSpaceThatItTakes() {
    // 168 bytes, a span and 7 buckets of 8: 232, 16 of them for each sample.
    source.add(series("h"), 0, histogram(7, 1));
    assertThat(evaluate(selector("h"), 15)).isInstanceOf(Value.Vector.class);
    assertThatThrownBy(() -> evaluate(selector("h"), 14)).hasMessageContaining("too many samples");
    Expr count = call("count_over_time", range("h", 60_000));
    assertThat(evaluate(count, 15)).isInstanceOf(Value.Vector.class);
    assertThatThrownBy(() -> evaluate(count, 14)).hasMessageContaining("too many samples");
  }

  @Test
  void aSumThatIsTheStaleMarkerEndsASeriesOfHistograms() {
    source.add(series("h"), -1000, histogram(2, 1));
    source.add(series("h"), 0, histogram(0, StaleMarker.VALUE));
    assertThat(evaluate(selector("h"), 100)).isEqualTo(new Value.Vector(List.of()));
    Value.Vector count = (Value.Vector) evaluate(call("count_over_time", range("h", 5000)), 100);
    assertThat(count.elements().getFirst().value()).isEqualTo(1);
  }
}
