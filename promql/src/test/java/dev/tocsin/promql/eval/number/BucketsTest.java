package dev.tocsin.promql.eval.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BucketsTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static Buckets buckets(double... boundsAndCounts) {
    Buckets buckets = new Buckets();
    for (int i = 0; i < boundsAndCounts.length; i += 2) {
      buckets.add(boundsAndCounts[i], boundsAndCounts[i + 1]);
    }
    return buckets;
  }

  @Test
  void aQuantileIsInterpolatedInItsBucket() {
    assertThat(buckets(1, 10, 2, 20, INFINITY, 20).quantile(0.75)).isEqualTo(1.5);
  }

  @Test
  void theLowestBucketStartsAtZeroUnlessItIsNegative() {
    assertThat(buckets(1, 10, INFINITY, 10).quantile(0.5)).isEqualTo(0.5);
    assertThat(buckets(-1, 10, INFINITY, 10).quantile(0.5)).isEqualTo(-1);
  }

  @Test
  void aboveTheHighestBoundItIsThatBound() {
    assertThat(buckets(1, 1, INFINITY, 10).quantile(0.9)).isEqualTo(1);
  }

  @Test
  void theOrderInWhichBucketsComeDoesNotMatter() {
    assertThat(buckets(INFINITY, 20, 2, 20, 1, 10).quantile(0.75)).isEqualTo(1.5);
  }

  @Test
  void nothingCanBeSaidWithoutInfinityOrObservations() {
    assertThat(buckets(1, 10, 2, 20).quantile(0.5)).isNaN();
    assertThat(buckets(1, 0, INFINITY, 0).quantile(0.5)).isNaN();
    assertThat(buckets(INFINITY, 5).quantile(0.5)).isNaN();
  }

  @Test
  void equalBoundsAreOneBucket() {
    assertThat(buckets(1, 5, 1, 5, 2, 20, INFINITY, 20).quantile(0.75)).isEqualTo(1.5);
  }

  @Test
  void aDecreaseIsLiftedAndTold() {
    Buckets buckets = buckets(1, 10, 2, 8, 3, 6, INFINITY, 20);
    assertThat(buckets.quantile(0.75)).isEqualTo(3);
    assertThat(buckets.wasForced()).isTrue();
    assertThat(buckets.forcedFrom()).isEqualTo(2);
    assertThat(buckets.forcedTo()).isEqualTo(3);
    assertThat(buckets.forcedBy()).isEqualTo(4);
  }

  @Test
  void aRoundingErrorIsNoDecrease() {
    Buckets buckets = buckets(1, 10, 2, 10 - 1e-13, INFINITY, 20);
    assertThat(buckets.quantile(0.5)).isEqualTo(1);
    assertThat(buckets.wasForced()).isFalse();
  }

  @Test
  void aFractionCountsWhatLiesBetween() {
    assertThat(buckets(1, 10, 2, 20, INFINITY, 40).fraction(0.5, 1.5))
        .isCloseTo(0.25, within(1e-15));
    assertThat(buckets(1, 10, 2, 20, INFINITY, 40).fraction(2, 1)).isEqualTo(0);
    assertThat(buckets(1, 10, 2, 20, INFINITY, 40).fraction(0, INFINITY)).isEqualTo(1);
    assertThat(buckets(1, 10, INFINITY, 40).fraction(Double.NaN, 1)).isNaN();
  }
}
