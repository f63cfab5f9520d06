package dev.tocsin.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tocsin.model.histogram.HistogramEstimate.Note;
import org.junit.jupiter.api.Test;

class HistogramQuantileTest {
  private static final double ROOT = 1.414213562373095;

  /// (0.5,1]:2, (1,2]:4, (2,4]:2
  private static final FloatHistogram POSITIVE =
      HistogramMaker.positive(0, 13, Buckets.row(0, 2, 4, 2));

  private static double quantile(double q, FloatHistogram histogram) {
    HistogramEstimate estimate = HistogramQuantile.quantile(q, histogram);
    assertThat(estimate.note()).isEqualTo(Note.NONE);
    return estimate.value();
  }

  private static double fraction(double lower, double upper, FloatHistogram histogram) {
    HistogramEstimate estimate = HistogramQuantile.fraction(lower, upper, histogram);
    assertThat(estimate.note()).isEqualTo(Note.NONE);
    return estimate.value();
  }

  @Test
  void theMiddleOfABucketIsTheMiddleOnALogarithmicScale() {
    assertThat(quantile(0.5, POSITIVE)).isEqualTo(ROOT);
    assertThat(quantile(0.25, POSITIVE)).isEqualTo(1);
    assertThat(quantile(0.75, POSITIVE)).isEqualTo(2);
    assertThat(quantile(0, POSITIVE)).isEqualTo(0.5);
    assertThat(quantile(1, POSITIVE)).isEqualTo(4);
  }

  @Test
  void negativeBucketsAreMirrored() {
    FloatHistogram negative =
        HistogramMaker.exponential(0, 0, 0, -13, Buckets.NONE, Buckets.row(0, 2, 4, 2));
    assertThat(quantile(0.5, negative)).isEqualTo(-ROOT);
    assertThat(quantile(0, negative)).isEqualTo(-4);
    assertThat(quantile(1, negative)).isEqualTo(-0.5);
  }

  @Test
  void theZeroBucketIsLinear() {
    FloatHistogram both =
        HistogramMaker.exponential(0, 0.5, 4, 0, Buckets.row(1, 1), Buckets.row(1, 1));
    assertThat(quantile(0.5, both)).isZero();
    assertThat(quantile(1.0 / 3, both)).isCloseTo(-0.25, within(1e-15));
  }

  @Test
  void withBucketsOnOneSideTheZeroBucketEndsAtZero() {
    FloatHistogram positive =
        HistogramMaker.exponential(0, 0.5, 4, 0, Buckets.row(1, 4), Buckets.NONE);
    assertThat(quantile(0.25, positive)).isEqualTo(0.25);
    FloatHistogram negative =
        HistogramMaker.exponential(0, 0.5, 4, 0, Buckets.NONE, Buckets.row(1, 4));
    assertThat(quantile(0.75, negative)).isEqualTo(-0.25);
    FloatHistogram neither = HistogramMaker.exponential(0, 0.5, 4, 0, Buckets.NONE, Buckets.NONE);
    assertThat(quantile(0.75, neither)).isEqualTo(0.25);
  }

  @Test
  void outsideOfZeroToOneItIsInfinite() {
    assertThat(quantile(-0.1, POSITIVE)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(quantile(1.1, POSITIVE)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(quantile(Double.NaN, POSITIVE)).isNaN();
    assertThat(quantile(0.5, HistogramMaker.positive(0, 0, Buckets.NONE))).isNaN();
  }

  @Test
  void customBucketsAreLinear() {
    FloatHistogram custom = HistogramMaker.custom(50, Buckets.row(0, 2, 4, 2), 10, 20);
    assertThat(quantile(0.5, custom)).isEqualTo(15);
    assertThat(quantile(0.125, custom)).isEqualTo(5);
    assertThat(quantile(0.9, custom)).isEqualTo(20);
    FloatHistogram below = HistogramMaker.custom(50, Buckets.row(0, 2, 2), -10, 20);
    assertThat(quantile(0.25, below)).isEqualTo(-10);
  }

  @Test
  void emptyBucketsAreNotStoppedAt() {
    FloatHistogram gap = HistogramMaker.positive(0, 5, Buckets.row(0, 0, 2, 0, 2, 0));
    assertThat(quantile(0, gap)).isEqualTo(1);
    assertThat(quantile(1, gap)).isEqualTo(8);
  }

  @Test
  void observationsOfNanPutTheQuantileTooHighOrAreIt() {
    FloatHistogram some = HistogramMaker.positive(0, Double.NaN, Buckets.row(0, 12));
    FloatHistogram nans =
        new FloatHistogram(
            ResetHint.UNKNOWN,
            0,
            0,
            0,
            15,
            Double.NaN,
            some.positive(),
            Buckets.NONE,
            some.customBounds());
    assertThat(HistogramQuantile.quantile(0.4, nans))
        .isEqualTo(new HistogramEstimate(0.7071067811865475, Note.QUANTILE_SKEWED));
    assertThat(HistogramQuantile.quantile(0.8, nans))
        .isEqualTo(new HistogramEstimate(1, Note.QUANTILE_SKEWED));
    assertThat(HistogramQuantile.quantile(0.9, nans))
        .isEqualTo(new HistogramEstimate(Double.NaN, Note.QUANTILE_IS_NAN));
    assertThat(HistogramQuantile.fraction(0, 2, nans))
        .isEqualTo(new HistogramEstimate(0.8, Note.FRACTION_WITHOUT_NANS));
    // Both infinities make a sum of NaN too.
    assertThat(quantile(0.5, some)).isCloseTo(Math.sqrt(0.5), within(1e-15));
  }

  @Test
  void withASumOfNanTheLastBucketTakesTheFoundOnesPlace() {
    assertThat(quantile(0.25, POSITIVE.withSum(Double.NaN))).isEqualTo(4);
  }

  @Test
  void theFractionOfABucketIsTheOneOnALogarithmicScale() {
    assertThat(fraction(1, 2, POSITIVE)).isEqualTo(0.5);
    assertThat(fraction(Double.NEGATIVE_INFINITY, ROOT, POSITIVE)).isCloseTo(0.5, within(1e-15));
    assertThat(fraction(ROOT, Double.POSITIVE_INFINITY, POSITIVE)).isCloseTo(0.5, within(1e-15));
    assertThat(fraction(0, 0.5, POSITIVE)).isZero();
    assertThat(fraction(4, 100, POSITIVE)).isZero();
  }

  @Test
  void theFractionBetweenTheSameIsNothing() {
    assertThat(fraction(2, 2, POSITIVE)).isZero();
    assertThat(fraction(3, 2, POSITIVE)).isZero();
    assertThat(fraction(Double.NaN, 2, POSITIVE)).isNaN();
    assertThat(fraction(1, 2, HistogramMaker.positive(0, 0, Buckets.NONE))).isNaN();
  }

  @Test
  void infiniteCustomBucketsAreInNoFractionInPart() {
    FloatHistogram custom = HistogramMaker.custom(50, Buckets.row(0, 2, 4, 2), 10, 20);
    assertThat(fraction(10, 20, custom)).isEqualTo(0.5);
    assertThat(fraction(15, 20, custom)).isEqualTo(0.25);
    assertThat(fraction(20, 50, custom)).isZero();
    assertThat(fraction(50, Double.POSITIVE_INFINITY, custom)).isEqualTo(0.25);
    FloatHistogram below = HistogramMaker.custom(50, Buckets.row(0, 2, 2), -10, 20);
    assertThat(fraction(Double.NEGATIVE_INFINITY, -15, below)).isEqualTo(0.5);
  }

  @Test
  void theLowestCustomBucketBeginsAtZero() {
    FloatHistogram custom = HistogramMaker.custom(50, Buckets.row(0, 2, 4, 2), 10, 20);
    assertThat(fraction(Double.NEGATIVE_INFINITY, 5, custom)).isEqualTo(0.125);
    assertThat(fraction(5, Double.POSITIVE_INFINITY, custom)).isEqualTo(0.875);
    assertThat(fraction(Double.NEGATIVE_INFINITY, 0, custom)).isZero();
  }

  @Test
  void theVarianceTakesTheMiddlesOfTheBuckets() {
    FloatHistogram one = HistogramMaker.positive(0, 4 * Math.sqrt(2), Buckets.row(1, 4));
    assertThat(HistogramQuantile.stdvar(one)).isCloseTo(0, within(1e-15));
    FloatHistogram two = HistogramMaker.custom(40, Buckets.row(1, 2, 2), 5, 10, 20);
    assertThat(HistogramQuantile.stdvar(two)).isEqualTo(((7.5 - 10) * (7.5 - 10) + 25) / 2);
    assertThat(HistogramQuantile.stddev(two)).isEqualTo(Math.sqrt(HistogramQuantile.stdvar(two)));
    FloatHistogram zero = HistogramMaker.exponential(0, 1, 4, 4, Buckets.NONE, Buckets.NONE);
    assertThat(HistogramQuantile.stdvar(zero)).isEqualTo(1);
    FloatHistogram negative =
        HistogramMaker.exponential(0, 0, 0, 0, Buckets.row(1, 1), Buckets.row(1, 1));
    assertThat(HistogramQuantile.stdvar(negative)).isCloseTo(2, within(1e-15));
    assertThat(HistogramQuantile.stdvar(HistogramMaker.positive(0, 0, Buckets.NONE))).isNaN();
  }
}
