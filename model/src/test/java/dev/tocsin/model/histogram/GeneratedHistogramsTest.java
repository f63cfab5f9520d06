package dev.tocsin.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tocsin.model.histogram.HistogramEstimate.Note;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/// Laws that hold for all histograms, tried on many.
class GeneratedHistogramsTest {
  private static final int SEEDS = 600;

  /// A pair that can be added.
  private static void forEachPair(int seeds, BiConsumer<FloatHistogram, FloatHistogram> law) {
    for (long seed = 0; seed < seeds; seed++) {
      HistogramMaker maker = new HistogramMaker(seed);
      FloatHistogram first = maker.any();
      FloatHistogram second = first.usesCustomBounds() ? maker.anyCustom() : maker.anyExponential();
      try {
        law.accept(first, second);
      } catch (Throwable failure) {
        throw new AssertionError(
            "seed " + seed + ": " + first.notation() + " and " + second.notation(), failure);
      }
    }
  }

  @Test
  void aSumIsTheSameBothWays() {
    forEachPair(
        SEEDS,
        (first, second) ->
            assertThat(first.plus(second).result().compact(0))
                .isEqualTo(second.plus(first).result().compact(0)));
  }

  @Test
  void whatWasAddedCanBeTakenAwayAgain() {
    forEachPair(
        SEEDS,
        (first, second) -> {
          FloatHistogram sum = first.plus(second).result();
          FloatHistogram back = sum.minus(second).result();
          assertThat(back.count()).isEqualTo(first.count());
          assertThat(back.sum()).isEqualTo(first.sum());
          FloatHistogram nothing = back.minus(first).result().compact(0);
          assertThat(nothing.positive()).isEqualTo(Buckets.NONE);
          assertThat(nothing.negative()).isEqualTo(Buckets.NONE);
          assertThat(nothing.zeroCount()).isZero();
        });
  }

  @Test
  void noObservationIsLostInASum() {
    forEachPair(
        SEEDS,
        (first, second) -> {
          FloatHistogram sum = first.plus(second).result();
          double inBuckets =
              sum.zeroCount()
                  + HistogramMaker.total(sum.positive())
                  + HistogramMaker.total(sum.negative());
          assertThat(inBuckets).isEqualTo(sum.count());
        });
  }

  @Test
  void ofExactNumbersTheCompensatedSumIsThePlainOne() {
    forEachPair(
        SEEDS,
        (first, second) -> {
          HistogramSum sum = new HistogramSum(first);
          sum.add(second);
          sum.add(first);
          FloatHistogram plain = first.plus(second).result().plus(first).result();
          assertThat(sum.value().compact(0)).isEqualTo(plain.compact(0));
        });
  }

  @Test
  void theSchemaCanBeReducedBeforeOrAfterAdding() {
    for (long seed = 0; seed < SEEDS; seed++) {
      HistogramMaker maker = new HistogramMaker(seed);
      FloatHistogram first = withoutZeroBucket(maker.anyExponential());
      FloatHistogram second = withoutZeroBucket(maker.anyExponential());
      int coarse = Math.min(first.schema(), second.schema());
      assertThat(first.plus(second).result().compact(0))
          .as("seed %d", seed)
          .isEqualTo(first.toSchema(coarse).plus(second.toSchema(coarse)).result().compact(0));
    }
  }

  private static FloatHistogram withoutZeroBucket(FloatHistogram histogram) {
    return HistogramMaker.exponential(
        histogram.schema(), 0, 3, histogram.sum(), histogram.positive(), histogram.negative());
  }

  @Test
  void moreIsNoResetAndLessIsOne() {
    forEachPair(
        SEEDS,
        (first, second) -> {
          assertThat(first.isResetOf(first)).isFalse();
          assertThat(first.times(2).isResetOf(first)).isFalse();
          FloatHistogram sum = first.plus(second).result();
          // A wider zero bucket and a coarser schema at once are taken for a reset.
          if (sum.schema() == first.schema() || sum.zeroThreshold() == first.zeroThreshold()) {
            assertThat(sum.isResetOf(first)).isFalse();
          }
          if (first.count() > 0) {
            assertThat(first.times(0.5).isResetOf(first)).isTrue();
          }
        });
  }

  @Test
  void compactHistogramsHaveTheSameObservations() {
    for (long seed = 0; seed < SEEDS; seed++) {
      HistogramMaker maker = new HistogramMaker(seed);
      FloatHistogram histogram = maker.any();
      FloatHistogram compact = histogram.compact(maker.below(4));
      assertThat(compact).as("seed %d", seed).hasToString(histogram.toString());
      assertThat(compact.compact(0)).isEqualTo(histogram.compact(0));
      assertThat(compact.minus(histogram).result().compact(0).positive()).isEqualTo(Buckets.NONE);
      compact.validate();
    }
  }

  @Test
  void quantilesGrowWithTheShare() {
    for (long seed = 0; seed < SEEDS; seed++) {
      FloatHistogram histogram = new HistogramMaker(seed).any();
      if (histogram.count() == 0) {
        continue;
      }
      double last = Double.NEGATIVE_INFINITY;
      for (int q = 0; q <= 20; q++) {
        HistogramEstimate estimate = HistogramQuantile.quantile(q / 20.0, histogram);
        assertThat(estimate.note()).isEqualTo(Note.NONE);
        assertThat(estimate.value())
            .as("seed %d: quantile %d/20 of %s", seed, q, histogram)
            .isGreaterThanOrEqualTo(last - Math.abs(last) * 1e-12);
        last = estimate.value();
      }
    }
  }

  @Test
  void theFractionBelowAQuantileIsItsShare() {
    for (long seed = 0; seed < SEEDS; seed++) {
      HistogramMaker maker = new HistogramMaker(seed);
      FloatHistogram histogram = maker.anyExponential();
      if (histogram.count() == 0 || hasZeroBucketOfNoWidth(histogram)) {
        continue;
      }
      double share = maker.share();
      double quantile = HistogramQuantile.quantile(share, histogram).value();
      HistogramEstimate fraction =
          HistogramQuantile.fraction(Double.NEGATIVE_INFINITY, quantile, histogram);
      assertThat(fraction.value())
          .as("seed %d: %s at %s", seed, histogram, share)
          .isCloseTo(share, within(1e-9));
    }
  }

  /// All that is in it is at zero, and so not below.
  private static boolean hasZeroBucketOfNoWidth(FloatHistogram histogram) {
    return histogram.zeroThreshold() == 0 && histogram.zeroCount() > 0;
  }

  @Test
  void whatIsTrimmedAboveAndBelowIsTheWhole() {
    for (long seed = 0; seed < SEEDS; seed++) {
      HistogramMaker maker = new HistogramMaker(seed);
      FloatHistogram histogram = maker.anyExponential();
      double bound = maker.share() * 20 - 10;
      double below = observations(histogram.trimUpper(bound));
      double above = observations(histogram.trimLower(bound));
      assertThat(below + above)
          .as("seed %d: %s at %s", seed, histogram, bound)
          .isCloseTo(observations(histogram), within(1e-9));
    }
  }

  private static double observations(FloatHistogram histogram) {
    return histogram.zeroCount()
        + HistogramMaker.total(histogram.positive())
        + HistogramMaker.total(histogram.negative());
  }
}
