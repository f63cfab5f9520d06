package dev.tocsin.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdditionTest {
  private static FloatHistogram with(double threshold, double zeroCount, Buckets positive) {
    return HistogramMaker.exponential(0, threshold, zeroCount, 10, positive, Buckets.NONE);
  }

  private static String sum(FloatHistogram some, FloatHistogram other) {
    return some.plus(other).result().notation();
  }

  @Test
  void theSameBucketsAreAddedOneByOne() {
    FloatHistogram some = with(0.01, 11, Buckets.row(-2, 1, 0, 0, 3));
    FloatHistogram other = with(0.01, 12, Buckets.row(-2, 2, 4, 0, 3));
    assertThat(sum(some, other))
        .isEqualTo("{{count:36 sum:20 z_bucket:23 z_bucket_w:0.01 offset:-2 buckets:[3 4 0 6]}}");
  }

  @Test
  void theSameBucketsInOtherSpansAreTheSame() {
    Buckets one = HistogramMaker.spans(new int[] {0, 2, 0, 1}, 1, 2, 3);
    Buckets other = HistogramMaker.spans(new int[] {0, 1, 0, 2}, 4, 5, 6);
    assertThat(with(0, 0, one).plus(with(0, 0, other)).result().positive())
        .isEqualTo(Buckets.row(0, 5, 7, 9));
  }

  @Test
  void bucketsOnlyOneHasAreInTheSum() {
    Buckets one = HistogramMaker.spans(new int[] {-2, 2, 2, 1}, 1, 2, 3);
    Buckets other = HistogramMaker.spans(new int[] {-4, 1, 2, 1, 4, 1}, 4, 5, 6);
    Buckets sum = HistogramMaker.spans(new int[] {-4, 1, 1, 2, 2, 1, 1, 1}, 4, 1, 7, 3, 6);
    assertThat(with(0, 0, one).plus(with(0, 0, other)).result().positive()).isEqualTo(sum);
    assertThat(with(0, 0, other).plus(with(0, 0, one)).result().positive()).isEqualTo(sum);
  }

  @Test
  void negativeBucketsAreAddedAmongThemselves() {
    FloatHistogram some =
        HistogramMaker.exponential(0, 0, 0, 1, Buckets.row(0, 1), Buckets.row(1, 2));
    FloatHistogram other =
        HistogramMaker.exponential(0, 0, 0, 1, Buckets.row(0, 10), Buckets.row(0, 20));
    assertThat(sum(some, other)).isEqualTo("{{count:33 sum:2 buckets:[11] n_buckets:[20 2]}}");
  }

  @Test
  void theCoarserSchemaIsTaken() {
    FloatHistogram fine = HistogramMaker.positive(1, 1, Buckets.row(-1, 1, 2, 3, 4));
    FloatHistogram coarse = HistogramMaker.positive(0, 1, Buckets.row(0, 10, 20));
    assertThat(sum(fine, coarse)).isEqualTo("{{count:40 sum:2 buckets:[13 27]}}");
    assertThat(sum(coarse, fine)).isEqualTo("{{count:40 sum:2 buckets:[13 27]}}");
  }

  @Test
  void theWiderZeroBucketTakesInTheBucketsOfTheOther() {
    FloatHistogram wide = with(1, 5, Buckets.row(1, 1));
    FloatHistogram narrow = with(0.25, 1, Buckets.row(-1, 2, 3, 4));
    String expected = "{{count:16 sum:20 z_bucket:11 z_bucket_w:1 offset:1 buckets:[5]}}";
    assertThat(sum(wide, narrow)).isEqualTo(expected);
    assertThat(sum(narrow, wide)).isEqualTo(expected);
  }

  @Test
  void aZeroBucketThatEndsInAPopulatedBucketGrowsToTheEndOfIt() {
    FloatHistogram wide = with(0.75, 5, Buckets.row(1, 1));
    FloatHistogram narrow = with(0, 0, Buckets.row(0, 3, 4));
    String expected = "{{count:13 sum:20 z_bucket:8 z_bucket_w:1 offset:1 buckets:[5]}}";
    assertThat(sum(wide, narrow)).isEqualTo(expected);
    assertThat(sum(narrow, wide)).isEqualTo(expected);
  }

  @Test
  void aNegativeBucketWidensTheZeroBucketForThePositiveOnesToo() {
    FloatHistogram wide = with(0.75, 5, Buckets.NONE);
    FloatHistogram narrow =
        HistogramMaker.exponential(0, 0, 0, 10, Buckets.row(0, 0, 7), Buckets.row(0, 3));
    assertThat(sum(wide, narrow))
        .isEqualTo("{{count:15 sum:20 z_bucket:8 z_bucket_w:1 offset:1 buckets:[7]}}");
  }

  @Test
  void anEmptyBucketAtTheEndOfTheZeroBucketDoesNotWidenIt() {
    FloatHistogram wide = with(0.75, 5, Buckets.NONE);
    FloatHistogram narrow = with(0, 0, Buckets.row(-1, 2, 0, 4));
    assertThat(wide.plus(narrow).result().zeroThreshold()).isEqualTo(0.75);
    assertThat(wide.plus(narrow).result().zeroCount()).isEqualTo(7);
  }

  @Test
  void theDifferenceIsNegativeWhereTheOtherHasMore() {
    FloatHistogram some = with(0.5, 1, Buckets.row(0, 0, 5, 1));
    FloatHistogram other = with(0.5, 3, Buckets.row(1, 2, 4, 8));
    HistogramAddition difference = some.minus(other);
    assertThat(difference.result().notation())
        .isEqualTo("{{count:-10 z_bucket:-2 z_bucket_w:0.5 offset:1 buckets:[3 -3 -8]}}");
    assertThat(difference.result().resetHint()).isEqualTo(ResetHint.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "UNKNOWN, UNKNOWN, UNKNOWN, false",
    "RESET, RESET, RESET, false",
    "NOT_RESET, NOT_RESET, NOT_RESET, false",
    "GAUGE, GAUGE, GAUGE, false",
    "UNKNOWN, RESET, UNKNOWN, false",
    "RESET, UNKNOWN, UNKNOWN, false",
    "NOT_RESET, UNKNOWN, UNKNOWN, false",
    "GAUGE, RESET, GAUGE, false",
    "NOT_RESET, GAUGE, GAUGE, false",
    "UNKNOWN, GAUGE, GAUGE, false",
    "RESET, NOT_RESET, UNKNOWN, true",
    "NOT_RESET, RESET, UNKNOWN, true",
  })
  void hintsAreCombined(ResetHint some, ResetHint other, ResetHint result, boolean collision) {
    FloatHistogram exponential = with(0, 0, Buckets.row(0, 1));
    FloatHistogram custom = HistogramMaker.custom(1, Buckets.row(0, 1), 1);
    for (FloatHistogram histogram : new FloatHistogram[] {exponential, custom}) {
      HistogramAddition plus = histogram.withHint(some).plus(histogram.withHint(other));
      assertThat(plus.result().resetHint()).isEqualTo(result);
      assertThat(plus.resetCollision()).isEqualTo(collision);
      HistogramAddition minus = histogram.withHint(some).minus(histogram.withHint(other));
      assertThat(minus.result().resetHint()).isEqualTo(result);
      assertThat(minus.resetCollision()).isEqualTo(collision);
    }
  }

  @Test
  void theSameCustomBoundsAreAddedOneByOne() {
    FloatHistogram some = HistogramMaker.custom(1, Buckets.row(0, 1, 2), 1, 2, 3);
    FloatHistogram other = HistogramMaker.custom(2, Buckets.row(1, 4, 8, 16), 1, 2, 3);
    HistogramAddition sum = some.plus(other);
    assertThat(sum.result().notation())
        .isEqualTo("{{schema:-53 count:31 sum:3 custom_values:[1 2 3] buckets:[1 6 8 16]}}");
    assertThat(sum.boundsReconciled()).isFalse();
    assertThat(other.minus(some).result().notation())
        .isEqualTo("{{schema:-53 count:25 sum:1 custom_values:[1 2 3] buckets:[-1 2 8 16]}}");
  }

  @Test
  void ofDifferentCustomBoundsTheCommonOnesStay() {
    FloatHistogram some = HistogramMaker.custom(1, Buckets.row(0, 1, 2, 3, 4), 1, 2, 4);
    FloatHistogram other = HistogramMaker.custom(2, Buckets.row(0, 10, 20, 30, 40), 2, 3, 4);
    HistogramAddition sum = some.plus(other);
    assertThat(sum.result().notation())
        .isEqualTo("{{schema:-53 count:110 sum:3 custom_values:[2 4] buckets:[13 53 44]}}");
    assertThat(sum.boundsReconciled()).isTrue();
    assertThat(other.minus(some).result().notation())
        .isEqualTo("{{schema:-53 count:90 sum:1 custom_values:[2 4] buckets:[7 47 36]}}");
  }

  @Test
  void withoutCommonBoundsEverythingIsInOneBucket() {
    FloatHistogram some = HistogramMaker.custom(1, Buckets.row(0, 1, 2), 1);
    FloatHistogram other = HistogramMaker.custom(2, Buckets.row(0, 4, 8), 2);
    assertThat(sum(some, other))
        .isEqualTo("{{schema:-53 count:15 sum:3 custom_values:[] buckets:[15]}}");
  }

  @Test
  void exponentialAndCustomBoundsDoNotGoTogether() {
    FloatHistogram exponential = with(0, 0, Buckets.row(0, 1));
    FloatHistogram custom = HistogramMaker.custom(1, Buckets.row(0, 1), 1);
    String message =
        "cannot apply this operation on histograms with a mix of exponential and custom bucket"
            + " schemas";
    assertThatThrownBy(() -> exponential.plus(custom))
        .isInstanceOf(IncompatibleHistogramsException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> custom.minus(exponential))
        .isInstanceOf(IncompatibleHistogramsException.class)
        .hasMessage(message);
  }

  @Test
  void addingChangesNeitherOfThem() {
    FloatHistogram some = with(0.25, 1, Buckets.row(-1, 2, 3, 4));
    FloatHistogram other = with(1, 5, Buckets.row(1, 1));
    String before = some.notation() + other.notation();
    some.plus(other);
    other.minus(some);
    new HistogramSum(some).add(other);
    assertThat(some.notation() + other.notation()).isEqualTo(before);
  }
}
