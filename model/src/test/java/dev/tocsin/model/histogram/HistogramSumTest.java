package dev.tocsin.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HistogramSumTest {
  private static FloatHistogram with(double zeroThreshold, double zeroCount, double... counts) {
    return HistogramMaker.exponential(
        0, zeroThreshold, zeroCount, counts[0], Buckets.row(0, counts), Buckets.row(0, counts));
  }

  private static FloatHistogram sum(FloatHistogram first, FloatHistogram... others) {
    HistogramSum sum = new HistogramSum(first);
    for (FloatHistogram other : others) {
      sum.add(other);
    }
    return sum.value();
  }

  private static FloatHistogram mean(FloatHistogram first, FloatHistogram... others) {
    HistogramMean mean = new HistogramMean(first);
    for (FloatHistogram other : others) {
      mean.add(other);
    }
    return mean.value();
  }

  @Test
  void whatRoundingTakesFromALargeNumberIsNotLost() {
    FloatHistogram sum =
        sum(with(0, 1e100, 1e100), with(0, 1, 1), with(0, -1e100, -1e100), with(0, 1, 1));
    assertThat(sum.zeroCount()).isEqualTo(2);
    assertThat(sum.sum()).isEqualTo(2);
    assertThat(sum.count()).isEqualTo(6);
    assertThat(sum.positive()).isEqualTo(Buckets.row(0, 2));
    assertThat(sum.negative()).isEqualTo(Buckets.row(0, 2));
    // Plainly added it is.
    FloatHistogram plain =
        with(0, 1e100, 1e100).plus(with(0, 1, 1)).result().plus(with(0, -1e100, -1e100)).result();
    assertThat(plain.zeroCount()).isZero();
  }

  @Test
  void itIsNotLostWhereBucketsAreMergedEither() {
    FloatHistogram fine =
        HistogramMaker.positive(1, 0, Buckets.row(1, 1e100, 1)); // both in (1,2] of schema 0
    FloatHistogram coarse = HistogramMaker.positive(0, 0, Buckets.row(1, -1e100));
    assertThat(sum(fine, coarse).positive()).isEqualTo(Buckets.row(1, 1));
    assertThat(sum(coarse, fine).positive()).isEqualTo(Buckets.row(1, 1));
  }

  @Test
  void norWhereTheyFallIntoTheZeroBucket() {
    FloatHistogram narrow = HistogramMaker.positive(0, 0, Buckets.row(-1, 1e100, 1));
    FloatHistogram wide = HistogramMaker.exponential(0, 1, -1e100, 0, Buckets.NONE, Buckets.NONE);
    FloatHistogram sum = sum(narrow, wide);
    assertThat(sum.zeroThreshold()).isEqualTo(1);
    assertThat(sum.zeroCount()).isEqualTo(1);
    assertThat(sum.positive()).isEqualTo(Buckets.NONE);
    assertThat(sum(wide, narrow).zeroCount()).isEqualTo(1);
  }

  @Test
  void norWhereCustomBoundsDiffer() {
    FloatHistogram fine = HistogramMaker.custom(0, Buckets.row(0, 1e100, 1, 0), 1, 2);
    FloatHistogram coarse = HistogramMaker.custom(0, Buckets.row(0, -1e100, 0), 2);
    HistogramSum sum = new HistogramSum(fine);
    assertThat(sum.add(coarse).boundsReconciled()).isTrue();
    assertThat(sum.value().positive()).isEqualTo(Buckets.row(0, 1));
    assertThat(sum.value().customBounds()).containsExactly(2);
  }

  @Test
  void oneHistogramIsItsOwnSumAndMean() {
    FloatHistogram one = with(0.5, 2, 3, 4);
    assertThat(sum(one)).isSameAs(one);
    assertThat(mean(one)).isEqualTo(one);
  }

  @Test
  void theSumIsGivenWithoutTheErrorsOnTheWay() {
    HistogramSum sum = new HistogramSum(with(0, 1, 1));
    HistogramAddition addition = sum.add(with(0, 2, 2).withHint(ResetHint.RESET));
    assertThat(addition.result().zeroCount()).isEqualTo(3);
    assertThat(addition.resetCollision()).isFalse();
    assertThat(addition.result().resetHint()).isEqualTo(ResetHint.UNKNOWN);
  }

  @Test
  void aCollisionOfHintsIsSaid() {
    HistogramSum sum = new HistogramSum(with(0, 1, 1).withHint(ResetHint.RESET));
    assertThat(sum.add(with(0, 1, 1).withHint(ResetHint.RESET)).resetCollision()).isFalse();
    assertThat(sum.add(with(0, 1, 1).withHint(ResetHint.NOT_RESET)).resetCollision()).isTrue();
    assertThat(sum.value().resetHint()).isEqualTo(ResetHint.UNKNOWN);
  }

  @Test
  void whatCannotBeAddedLeavesTheSumAsItWas() {
    HistogramSum sum = new HistogramSum(with(0, 1, 1));
    sum.add(with(0, 1, 1));
    FloatHistogram before = sum.value();
    FloatHistogram custom = HistogramMaker.custom(0, Buckets.row(0, 1), 1);
    assertThatThrownBy(() -> sum.add(custom)).isInstanceOf(IncompatibleHistogramsException.class);
    assertThat(sum.value()).isEqualTo(before);
    HistogramMean mean = new HistogramMean(custom);
    assertThatThrownBy(() -> mean.add(before)).isInstanceOf(IncompatibleHistogramsException.class);
  }

  @Test
  void theMeanIsTheSumDividedByTheNumber() {
    FloatHistogram mean = mean(with(0, 1, 3), with(0, 2, 6), with(0, 3, 0));
    assertThat(mean.zeroCount()).isEqualTo(2);
    assertThat(mean.positive()).isEqualTo(Buckets.row(0, 3));
    assertThat(mean.sum()).isEqualTo(3);
  }

  @Test
  void theMeanOfNumbersWhoseSumOverflowsDoesNot() {
    double huge = Double.MAX_VALUE / 4;
    FloatHistogram large = with(0, huge, huge);
    FloatHistogram mean = mean(large, large, large, large, large, large);
    assertThat(mean.hasOverflow()).isFalse();
    assertThat(mean.zeroCount()).isEqualTo(huge);
    assertThat(sum(large, large, large, large, large, large).hasOverflow()).isTrue();
  }
}
