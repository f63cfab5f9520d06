package dev.tocsin.model.histogram;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HistogramCheckTest {
  private static FloatHistogram histogram(
      int schema, double threshold, double zeroCount, double count, Buckets both, double[] bounds) {
    return new FloatHistogram(
        ResetHint.UNKNOWN, schema, threshold, zeroCount, count, 0, both, both, bounds);
  }

  private static FloatHistogram exponential(Buckets positive) {
    return HistogramMaker.positive(0, 0, positive);
  }

  private static void assertInvalid(FloatHistogram histogram, String message) {
    assertThatThrownBy(histogram::validate)
        .isInstanceOf(InvalidHistogramException.class)
        .hasMessage(message);
  }

  @Test
  void whatFitsTogetherIsValid() {
    for (long seed = 0; seed < 500; seed++) {
      FloatHistogram any = new HistogramMaker(seed).any();
      assertThatCode(any::validate).as("seed %d", seed).doesNotThrowAnyException();
    }
    assertThatCode(exponential(Buckets.row(0, Double.NaN))::validate).doesNotThrowAnyException();
  }

  @Test
  void theSchemaHasToBeKnown() {
    for (int schema : new int[] {-54, -52, -5, 9, 52}) {
      assertInvalid(
          HistogramMaker.positive(schema, 0, Buckets.NONE),
          "histogram has an invalid schema, which must be between -4 and 8 for exponential buckets,"
              + " or -53 for custom buckets, got schema "
              + schema);
    }
  }

  @Test
  void spansHaveAsManyBucketsAsThereAreCounts() {
    assertInvalid(
        exponential(HistogramMaker.spans(new int[] {0, 1, 0, 2}, 1, 2)),
        "positive side: spans need 3 buckets, have 2 buckets: histogram spans specify different"
            + " number of buckets than provided");
    assertInvalid(
        HistogramMaker.exponential(
            0, 0, 0, 0, Buckets.NONE, HistogramMaker.spans(new int[] {0, 1}, 1, 2)),
        "negative side: spans need 1 buckets, have 2 buckets: histogram spans specify different"
            + " number of buckets than provided");
  }

  @Test
  void hugeSpansAreRefusedWithoutWalkingThem() {
    assertInvalid(
        exponential(HistogramMaker.spans(new int[] {0, Integer.MAX_VALUE, 0, -1}, 1)),
        "positive side: spans need 6442450942 buckets, have 1 buckets: histogram spans specify"
            + " different number of buckets than provided");
  }

  @Test
  void onlyTheFirstOffsetMayBeNegative() {
    assertInvalid(
        exponential(HistogramMaker.spans(new int[] {-5, 1, -1, 1}, 1, 2)),
        "positive side: span number 2 with offset -1: histogram has a span whose offset is"
            + " negative");
    assertInvalid(
        HistogramMaker.custom(0, HistogramMaker.spans(new int[] {-1, 1}, 1), 1),
        "custom buckets: span number 1 with offset -1: histogram has a span whose offset is"
            + " negative");
  }

  @Test
  void noIndexOverflows() {
    int max = Integer.MAX_VALUE;
    assertInvalid(
        exponential(HistogramMaker.spans(new int[] {max, 1}, 1)),
        "positive side: span number 1 ends at an index beyond 32 bits");
    assertInvalid(
        exponential(HistogramMaker.spans(new int[] {5, 1, max, 1}, 1, 2)),
        "positive side: span number 2 ends at an index beyond 32 bits");
    assertInvalid(
        exponential(HistogramMaker.spans(new int[] {Integer.MIN_VALUE, 1}, 1)),
        "positive side: span number 1 ends at an index beyond 32 bits");
  }

  @Test
  void noCountIsNegative() {
    assertInvalid(
        exponential(Buckets.row(0, 1, -2.5)).times(1),
        "observation count is  -1.5: histogram's observation count is negative");
    assertInvalid(
        histogram(0, 0, 0, 1, Buckets.row(0, 1, -2.5), HistogramMaker.NO_BOUNDS),
        "negative side: bucket number 2 has observation count of -2.5: histogram has a bucket whose"
            + " observation count is negative");
    assertInvalid(
        exponential(Buckets.row(0, 5, -2)),
        "positive side: bucket number 2 has observation count of -2: histogram has a bucket whose"
            + " observation count is negative");
    assertInvalid(
        histogram(0, 0, -1, 1, Buckets.NONE, HistogramMaker.NO_BOUNDS),
        "zero bucket has observation count of -1: histogram has a bucket whose observation count is"
            + " negative");
  }

  @Test
  void theZeroBucketHasAWidth() {
    assertInvalid(
        histogram(0, Double.NaN, 0, 1, Buckets.NONE, HistogramMaker.NO_BOUNDS),
        "histogram has a zero threshold of NaN");
    assertInvalid(
        histogram(0, -1, 0, 1, Buckets.NONE, HistogramMaker.NO_BOUNDS),
        "histogram has a zero threshold of -1");
  }

  @Test
  void customBoundsAscend() {
    assertInvalid(
        HistogramMaker.custom(0, Buckets.NONE, 1, 2, 2),
        "custom buckets: previous bound is 2.000000 and current is 2.000000: histogram custom"
            + " bounds must be in strictly increasing order");
    assertInvalid(
        HistogramMaker.custom(0, Buckets.NONE, 1, Double.POSITIVE_INFINITY),
        "custom buckets: last +Inf bound must not be explicitly defined: histogram custom bounds"
            + " must be finite");
    assertInvalid(
        HistogramMaker.custom(0, Buckets.NONE, 1, Double.NaN),
        "custom buckets: histogram custom bounds must not be NaN");
  }

  @Test
  void customBucketsHaveBounds() {
    assertInvalid(
        HistogramMaker.custom(0, HistogramMaker.spans(new int[] {1, 3}, 1, 1, 1), 1, 2),
        "custom buckets: only 2 custom bounds defined which is insufficient to cover total span"
            + " length of 4: histogram custom bounds are too few");
  }

  @Test
  void customBucketsHaveNoZeroBucketAndNoNegativeOnes() {
    double[] bounds = {1};
    assertInvalid(
        histogram(-53, 0, 1, 1, Buckets.NONE, bounds), "custom buckets: must have zero count of 0");
    assertInvalid(
        histogram(-53, 1, 0, 1, Buckets.NONE, bounds),
        "custom buckets: must have zero threshold of 0");
    assertInvalid(
        histogram(-53, 0, 0, 1, Buckets.row(0, 1), bounds),
        "custom buckets: must not have negative spans");
    assertInvalid(
        histogram(0, 0, 0, 1, Buckets.NONE, bounds),
        "histogram with exponential schema must not have custom bounds");
  }

  @Test
  void thereIsALimit() {
    assertThatCode(exponential(Buckets.row(0, new double[10_000]))::validate)
        .doesNotThrowAnyException();
    assertInvalid(
        exponential(Buckets.row(0, new double[10_001])),
        "histogram has 10001 buckets, more than 10000");
    assertInvalid(
        exponential(new Buckets(new int[10_001], new int[10_001], new double[0])),
        "histogram has 10001 spans, more than 10000");
    assertInvalid(
        HistogramMaker.custom(0, Buckets.NONE, new double[10_001]),
        "histogram has 10001 custom bounds, more than 10000");
  }

  @Test
  void spansWithoutLengthsAreNotMadeAtAll() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Buckets(new int[2], new int[1], new double[1]))
        .withMessage("2 offsets of spans, but 1 lengths");
  }
}
