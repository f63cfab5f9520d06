package dev.tocsin.deliver.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import org.junit.jupiter.api.Test;

class HistogramPointTest {
  private static FloatHistogram of(int schema, double zero, Buckets positive, double... bounds) {
    return new FloatHistogram(
        ResetHint.UNKNOWN, schema, 0, zero, 10, 1, positive, Buckets.NONE, bounds);
  }

  @Test
  void onlyWholeCountsCanBeWritten() {
    assertThat(HistogramPoint.canWrite(of(1, 2, Buckets.row(-5, 1, 0, 3)))).isTrue();
    assertThat(HistogramPoint.canWrite(of(1, 2, Buckets.row(-5, 1, 0.5)))).isFalse();
    assertThat(HistogramPoint.canWrite(of(1, 0.5, Buckets.row(-5, 1)))).isFalse();
    assertThat(HistogramPoint.canWrite(of(1, 0, Buckets.row(-5, -1)))).isFalse();
    assertThat(HistogramPoint.canWrite(of(1, 0, Buckets.row(-5, Double.NaN)))).isFalse();
  }

  @Test
  void aRowMustNotBeTooLong() {
    double[] counts = {1, 2};
    for (int gap : new int[] {8190, 8191, 1 << 30, Integer.MAX_VALUE}) {
      Buckets apart = new Buckets(new int[] {-7, gap}, new int[] {1, 1}, counts);
      assertThat(HistogramPoint.canWrite(of(3, 0, apart))).as("gap " + gap).isEqualTo(gap < 8191);
    }
  }

  @Test
  void bucketsBeyondTheBoundsCannotBeWritten() {
    int custom = FloatHistogram.CUSTOM_BOUNDS;
    assertThat(HistogramPoint.canWrite(of(custom, 0, Buckets.row(1, 1, 2), 0.5, 1))).isTrue();
    assertThat(HistogramPoint.canWrite(of(custom, 0, Buckets.row(2, 1, 2), 0.5, 1))).isFalse();
  }
}
