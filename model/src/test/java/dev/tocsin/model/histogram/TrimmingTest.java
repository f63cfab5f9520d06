package dev.tocsin.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrimmingTest {
  private static final double ROOT = Math.sqrt(2);

  /// (0.5,1]:1, (1,2]:2, (2,4]:4
  private static final FloatHistogram POSITIVE =
      HistogramMaker.positive(0, 13, Buckets.row(0, 1, 2, 4));

  @Test
  void aBoundBeyondAllChangesNothing() {
    assertThat(POSITIVE.trimUpper(4)).isSameAs(POSITIVE);
    assertThat(POSITIVE.trimUpper(Double.POSITIVE_INFINITY)).isSameAs(POSITIVE);
    assertThat(POSITIVE.trimLower(0.5)).isSameAs(POSITIVE);
  }

  @Test
  void atABucketsBoundWholeBucketsGo() {
    FloatHistogram lower = POSITIVE.trimUpper(2);
    assertThat(lower.positive()).isEqualTo(Buckets.row(0, 1, 2));
    assertThat(lower.count()).isEqualTo(3);
    assertThat(lower.sum()).isCloseTo(Math.sqrt(0.5) + 2 * ROOT, within(1e-12));
    FloatHistogram upper = POSITIVE.trimLower(2);
    assertThat(upper.positive()).isEqualTo(Buckets.row(2, 4));
    assertThat(upper.sum()).isCloseTo(4 * Math.sqrt(8), within(1e-12));
  }

  @Test
  void withinABucketTheLogarithmCounts() {
    FloatHistogram lower = POSITIVE.trimUpper(2 * ROOT);
    assertThat(lower.count()).isCloseTo(5, within(1e-12));
    FloatHistogram upper = POSITIVE.trimLower(2 * ROOT);
    assertThat(upper.count()).isCloseTo(2, within(1e-12));
    assertThat(upper.sum()).isCloseTo(2 * Math.sqrt(2 * ROOT * 4), within(1e-9));
  }

  @Test
  void negativeBucketsAreMirrored() {
    FloatHistogram negative =
        HistogramMaker.exponential(0, 0, 0, -13, Buckets.NONE, Buckets.row(1, 2, 4));
    assertThat(negative.trimUpper(-2).negative()).isEqualTo(Buckets.row(2, 4));
    assertThat(negative.trimUpper(-2).sum()).isCloseTo(-4 * Math.sqrt(8), within(1e-12));
    assertThat(negative.trimLower(-ROOT).count()).isCloseTo(1, within(1e-12));
  }

  @Test
  void everythingCanGo() {
    FloatHistogram nothing = POSITIVE.trimUpper(0);
    assertThat(nothing.notation()).isEqualTo("{{}}");
    assertThat(POSITIVE.trimLower(Double.POSITIVE_INFINITY).notation()).isEqualTo("{{}}");
    assertThat(POSITIVE.trimUpper(Double.NaN).notation()).isEqualTo("{{}}");
  }

  @Test
  void theZeroBucketIsSplitEvenly() {
    FloatHistogram zero = HistogramMaker.exponential(0, 2, 8, 0, Buckets.NONE, Buckets.NONE);
    assertThat(zero.trimUpper(1).notation())
        .isEqualTo("{{count:6 sum:-3 z_bucket:6 z_bucket_w:2}}");
    assertThat(zero.trimLower(1).notation()).isEqualTo("{{count:2 sum:3 z_bucket:2 z_bucket_w:2}}");
    assertThat(zero.trimUpper(-2).zeroCount()).isZero();
    assertThat(zero.trimLower(2).zeroCount()).isZero();
    assertThat(zero.trimUpper(2)).isSameAs(zero);
  }

  @Test
  void withBucketsOnOneSideTheZeroBucketEndsAtZero() {
    FloatHistogram positive =
        HistogramMaker.exponential(0, 1, 8, 0, Buckets.row(1, 4), Buckets.NONE);
    assertThat(positive.trimUpper(0.5).zeroCount()).isEqualTo(4);
    assertThat(positive.trimUpper(0).zeroCount()).isZero();
    FloatHistogram negative =
        HistogramMaker.exponential(0, 1, 8, 0, Buckets.NONE, Buckets.row(1, 4));
    assertThat(negative.trimLower(-0.5).zeroCount()).isEqualTo(4);
  }

  @Test
  void customBucketsAreSplitEvenly() {
    FloatHistogram custom = HistogramMaker.custom(100, Buckets.row(0, 4, 8, 2), 10, 20);
    assertThat(custom.trimUpper(15).notation())
        .isEqualTo("{{schema:-53 count:8 sum:70 custom_values:[10 20] buckets:[4 4]}}");
    assertThat(custom.trimLower(15).notation())
        .isEqualTo("{{schema:-53 count:6 sum:110 custom_values:[10 20] offset:1 buckets:[4 2]}}");
  }

  @Test
  void theLowestCustomBucketBeginsAtZero() {
    FloatHistogram custom = HistogramMaker.custom(20, Buckets.row(0, 4), 10);
    assertThat(custom.trimUpper(5).notation())
        .isEqualTo("{{schema:-53 count:2 sum:5 custom_values:[10] buckets:[2]}}");
    assertThat(custom.trimLower(5).notation())
        .isEqualTo("{{schema:-53 count:2 sum:15 custom_values:[10] buckets:[2]}}");
    assertThat(custom.trimUpper(-1).count()).isZero();
  }

  @Test
  void theHighestCustomBucketCannotBeSplit() {
    FloatHistogram custom = HistogramMaker.custom(20, Buckets.row(1, 4), 10);
    assertThat(custom.trimUpper(50).count()).isZero();
    assertThat(custom.trimLower(50)).isSameAs(custom);
  }
}
