package dev.tocsin.promql.eval.number;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantilesTest {
  private static double quantile(double q, double... values) {
    return Quantiles.of(q, values, values.length);
  }

  @Test
  void neighboursAreInterpolated() {
    assertThat(quantile(0.5, 3, 1)).isEqualTo(2);
    assertThat(quantile(0.75, 0, 10, 20)).isEqualTo(15);
    assertThat(quantile(1, 5, 9, 7)).isEqualTo(9);
  }

  @Test
  void nanIsTheSmallestValue() {
    assertThat(quantile(0, Double.NaN, 1, 2)).isNaN();
    assertThat(quantile(1, Double.NaN, 1, 2)).isEqualTo(2);
    assertThat(quantile(0.5, Double.NaN, 1, 2)).isEqualTo(1);
  }

  @Test
  void outsideOfZeroToOneItIsInfinite() {
    assertThat(quantile(-0.1, 1)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(quantile(1.1, 1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(quantile(Double.NaN, 1)).isNaN();
    assertThat(quantile(0.5)).isNaN();
  }

  @Test
  void theMedianDeviationForgivesOutliers() {
    assertThat(Quantiles.medianDeviation(new double[] {4, 6, 2, 1, 999, 1, 2}, 7)).isEqualTo(1);
    assertThat(Quantiles.medianDeviation(new double[] {1, Double.NaN}, 2)).isNaN();
  }
}
