package dev.tocsin.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResetDetectionTest {
  private static final FloatHistogram BEFORE =
      HistogramMaker.exponential(
          0,
          0.01,
          5.5,
          100,
          HistogramMaker.spans(new int[] {-2, 2, 1, 3}, 1, 1.25, 3.5, 4.25, 0.5),
          Buckets.row(3, 3, 1000));

  private static FloatHistogram positive(Buckets buckets) {
    return new FloatHistogram(
        BEFORE.resetHint(),
        BEFORE.schema(),
        BEFORE.zeroThreshold(),
        BEFORE.zeroCount(),
        BEFORE.count(),
        BEFORE.sum(),
        buckets,
        BEFORE.negative(),
        BEFORE.customBounds());
  }

  private static FloatHistogram zero(double threshold, double count, Buckets positive) {
    // A count of all that never is the reason.
    FloatHistogram made =
        HistogramMaker.exponential(0, threshold, count, 0, positive, Buckets.NONE);
    return new FloatHistogram(
        ResetHint.UNKNOWN,
        0,
        threshold,
        count,
        1000,
        0,
        made.positive(),
        Buckets.NONE,
        made.customBounds());
  }

  @Test
  void theSameAgainIsNoReset() {
    assertThat(BEFORE.isResetOf(BEFORE)).isFalse();
    assertThat(BEFORE.plus(BEFORE).result().isResetOf(BEFORE)).isFalse();
  }

  @Test
  void fewerObservationsAreAReset() {
    assertThat(BEFORE.isResetOf(BEFORE.times(1.01))).isTrue();
  }

  @Test
  void aSmallerSumIsNone() {
    assertThat(BEFORE.withSum(-5).isResetOf(BEFORE)).isFalse();
  }

  @Test
  void theHintIsBelieved() {
    FloatHistogram less = BEFORE.times(0.5);
    assertThat(less.withHint(ResetHint.NOT_RESET).isResetOf(BEFORE)).isFalse();
    assertThat(BEFORE.withHint(ResetHint.RESET).isResetOf(BEFORE)).isTrue();
    assertThat(less.withHint(ResetHint.GAUGE).isResetOf(BEFORE)).isTrue();
    assertThat(BEFORE.withHint(ResetHint.GAUGE).isResetOf(BEFORE)).isFalse();
  }

  @Test
  void onlyTheHintOfTheLaterOneCounts() {
    assertThat(BEFORE.isResetOf(BEFORE.withHint(ResetHint.RESET))).isFalse();
  }

  @Test
  void aBucketMayAppear() {
    Buckets more = HistogramMaker.spans(new int[] {-2, 6}, 1, 1.25, 7, 3.5, 4.25, 0.5);
    assertThat(positive(more).isResetOf(BEFORE)).isFalse();
    assertThat(BEFORE.isResetOf(positive(more))).isTrue();
  }

  @Test
  void anEmptyBucketMayDisappear() {
    Buckets more = HistogramMaker.spans(new int[] {-2, 6, 2, 1}, 1, 1.25, 0, 3.5, 4.25, 0.5, 0);
    assertThat(BEFORE.isResetOf(positive(more))).isFalse();
  }

  @Test
  void aPopulatedLastBucketMayNotDisappear() {
    Buckets more = HistogramMaker.spans(new int[] {-2, 2, 1, 4}, 1, 1.25, 3.5, 4.25, 0.5, 9);
    assertThat(BEFORE.isResetOf(positive(more))).isTrue();
    assertThat(positive(Buckets.NONE).isResetOf(BEFORE)).isTrue();
  }

  @Test
  void oneBucketWithLessIsAReset() {
    Buckets less = HistogramMaker.spans(new int[] {-2, 2, 1, 3}, 1, 1.25, 3.5, 4, 0.5);
    assertThat(positive(less).isResetOf(BEFORE)).isTrue();
  }

  @Test
  void negativeBucketsCountToo() {
    FloatHistogram less =
        HistogramMaker.exponential(0, 0.01, 5000, 0, BEFORE.positive(), Buckets.row(3, 3, 999));
    assertThat(less.isResetOf(BEFORE)).isTrue();
  }

  @Test
  void aFinerSchemaIsAResetButACoarserOneIsNot() {
    FloatHistogram fine = HistogramMaker.positive(2, 0, Buckets.row(-3, 1, 2, 3, 4, 5, 6));
    FloatHistogram coarse = fine.toSchema(0);
    assertThat(coarse.isResetOf(fine)).isFalse();
    assertThat(fine.isResetOf(coarse)).isTrue();
    FloatHistogram less = HistogramMaker.positive(0, 0, Buckets.row(0, 9, 20));
    assertThat(less.isResetOf(fine)).isTrue();
  }

  @Test
  void aNarrowerZeroBucketIsAReset() {
    assertThat(zero(0.01, 1, Buckets.NONE).isResetOf(zero(0.02, 1, Buckets.NONE))).isTrue();
  }

  @Test
  void aWiderZeroBucketHasToCountWhatFellIntoIt() {
    FloatHistogram before = zero(0.25, 1, Buckets.row(-1, 2, 3, 4));
    assertThat(zero(1, 6, Buckets.row(1, 4)).isResetOf(before)).isFalse();
    assertThat(zero(1, 5, Buckets.row(1, 4)).isResetOf(before)).isTrue();
    assertThat(zero(1, 6, Buckets.row(1, 3)).isResetOf(before)).isTrue();
  }

  @Test
  void aZeroBucketThatEndsInAPopulatedBucketIsAReset() {
    FloatHistogram before = zero(0.25, 1, Buckets.row(0, 3));
    assertThat(zero(0.75, 100, Buckets.row(0, 3)).isResetOf(before)).isTrue();
  }

  @Test
  void bucketsWithinTheZeroBucketDoNotMatter() {
    FloatHistogram before = zero(1, 5, Buckets.row(0, 3, 1));
    assertThat(zero(1, 5, Buckets.row(0, 2, 1)).isResetOf(before)).isFalse();
    assertThat(zero(1, 5, Buckets.row(1, 1)).isResetOf(before)).isFalse();
  }

  @Test
  void customBoundsAfterExponentialOnesAreAReset() {
    FloatHistogram custom = HistogramMaker.custom(0, Buckets.row(0, 2000), 1);
    assertThat(custom.isResetOf(BEFORE)).isTrue();
    assertThat(BEFORE.isResetOf(HistogramMaker.custom(0, Buckets.row(0, 1), 1))).isTrue();
  }

  @Test
  void sameCustomBoundsAreComparedBucketByBucket() {
    FloatHistogram before = HistogramMaker.custom(0, Buckets.row(0, 1, 2, 3), 1, 2);
    assertThat(HistogramMaker.custom(0, Buckets.row(0, 1, 3, 3), 1, 2).isResetOf(before)).isFalse();
    assertThat(HistogramMaker.custom(0, Buckets.row(0, 5, 1, 3), 1, 2).isResetOf(before)).isTrue();
  }

  @Test
  void differentCustomBoundsAreComparedBetweenTheCommonOnes() {
    FloatHistogram before = HistogramMaker.custom(0, Buckets.row(0, 1, 2, 3, 4), 1, 2, 4);
    assertThat(HistogramMaker.custom(0, Buckets.row(0, 3, 3, 4), 2, 4).isResetOf(before)).isFalse();
    assertThat(HistogramMaker.custom(0, Buckets.row(0, 2, 9, 4), 2, 4).isResetOf(before)).isTrue();
    assertThat(HistogramMaker.custom(0, Buckets.row(0, 10), 7).isResetOf(before)).isFalse();
    assertThat(HistogramMaker.custom(0, Buckets.row(0, 3, 99, 0, 3), 2, 3, 4).isResetOf(before))
        .isTrue();
  }
}
