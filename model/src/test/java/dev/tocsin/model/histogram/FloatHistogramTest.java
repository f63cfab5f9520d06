package dev.tocsin.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloatHistogramTest {
  private static final FloatHistogram BOTH_SIDES =
      HistogramMaker.exponential(
          0,
          0.001,
          2,
          4.5,
          HistogramMaker.spans(new int[] {0, 2, 1, 1}, 1, 0, 3),
          Buckets.row(1, 5, 0.25));

  @Test
  void theTextForPeopleShowsFilledBucketsFromTheLowestUp() {
    assertThat(BOTH_SIDES)
        .hasToString(
            "{count:11.25, sum:4.5, [-4,-2):0.25, [-2,-1):5, [-0.001,0.001]:2, (0.5,1]:1,"
                + " (4,8]:3}");
  }

  @Test
  void theTextWithCustomBoundsIsOpenAtBothEnds() {
    assertThat(HistogramMaker.custom(7, Buckets.row(0, 1, 2, 3), 0.5, 10))
        .hasToString("{count:6, sum:7, [-Inf,0.5]:1, (0.5,10]:2, (10,+Inf]:3}");
  }

  @Test
  void largeNumbersInTheTextsHaveExponents() {
    FloatHistogram large = HistogramMaker.positive(0, 1e-5, Buckets.row(30, 1e6));
    assertThat(large)
        .hasToString("{count:1e+06, sum:1e-05, (5.36870912e+08,1.073741824e+09]:1e+06}");
    assertThat(large.notation()).isEqualTo("{{count:1e+06 sum:1e-05 offset:30 buckets:[1e+06]}}");
  }

  @Test
  void theNotationHasEveryPartThatIsNotZero() {
    assertThat(BOTH_SIDES.notation())
        .isEqualTo(
            "{{count:11.25 sum:4.5 z_bucket:2 z_bucket_w:0.001 buckets:[1 0 0 3] n_offset:1"
                + " n_buckets:[5 0.25]}}");
    assertThat(HistogramMaker.positive(3, 0, Buckets.NONE).notation()).isEqualTo("{{schema:3}}");
    assertThat(
            HistogramMaker.custom(7, Buckets.row(1, 2), 5, 10).withHint(ResetHint.GAUGE).notation())
        .isEqualTo(
            "{{schema:-53 count:2 sum:7 custom_values:[5 10] counter_reset_hint:gauge offset:1"
                + " buckets:[2]}}");
    FloatHistogram empty = HistogramMaker.positive(0, 0, Buckets.NONE);
    assertThat(empty.notation()).isEqualTo("{{}}");
    assertThat(empty.withHint(ResetHint.RESET).notation())
        .isEqualTo("{{counter_reset_hint:reset}}");
    assertThat(empty.withHint(ResetHint.NOT_RESET).notation())
        .isEqualTo("{{counter_reset_hint:not_reset}}");
  }

  @Test
  void aGapTooWideForTheNotationIsNotFilled() {
    FloatHistogram wide =
        HistogramMaker.positive(
            8, 0, HistogramMaker.spans(new int[] {-2_000_000_000, 1, Integer.MAX_VALUE, 1}, 1, 1));
    assertThat(wide.notation()).isEqualTo(wide.toString());
    FloatHistogram filled =
        HistogramMaker.positive(8, 0, HistogramMaker.spans(new int[] {0, 1, 9998, 1}, 1, 1));
    assertThat(filled.notation()).startsWith("{{schema:8 count:2 buckets:[1 0 0 ");
  }

  @Test
  void bucketsAreShownInBothDirections() {
    List<String> seen = new ArrayList<>();
    BOTH_SIDES.forEachBucket(
        (lower, upper, lowerInclusive, upperInclusive, count) ->
            seen.add(new Bucket(lower, upper, lowerInclusive, upperInclusive, count).toString()));
    assertThat(seen)
        .containsExactly(
            "[-4,-2):0.25", "[-2,-1):5", "[-0.001,0.001]:2", "(0.5,1]:1", "(1,2]:0", "(4,8]:3");
    assertThat(BOTH_SIDES.buckets()).extracting(Bucket::toString).isEqualTo(seen);
    List<String> down = new ArrayList<>();
    BOTH_SIDES.forEachBucketDescending(
        (lower, upper, lowerInclusive, upperInclusive, count) ->
            down.add(new Bucket(lower, upper, lowerInclusive, upperInclusive, count).toString()));
    assertThat(down).isEqualTo(seen.reversed());
  }

  @Test
  void theVisitorStopsTheWalk() {
    List<Double> counts = new ArrayList<>();
    BOTH_SIDES.forEachBucket(
        (_, _, _, _, count) -> {
          counts.add(count);
          return counts.size() < 3;
        });
    assertThat(counts).containsExactly(0.25, 5.0, 2.0);
  }

  @Test
  void bucketsEndAtAZeroBucketTheyOverlap() {
    FloatHistogram overlapping =
        HistogramMaker.exponential(0, 0.75, 1, 0, Buckets.row(0, 2), Buckets.row(0, 3));
    assertThat(overlapping.buckets())
        .extracting(Bucket::toString)
        .containsExactly("[-1,-0.75):3", "[-0.75,0.75]:1", "(0.75,1]:2");
    assertThat(overlapping.toString()).contains("[-1,-0.5):3", "(0.5,1]:2");
  }

  @Test
  void anEmptyZeroBucketIsNotShown() {
    assertThat(HistogramMaker.exponential(0, 0.5, 0, 0, Buckets.row(1, 1), Buckets.NONE).buckets())
        .hasSize(1);
  }

  @Test
  void emptySpansDoNotMakeHistogramsDifferent() {
    FloatHistogram plain =
        HistogramMaker.positive(0, 1, HistogramMaker.spans(new int[] {1, 1, 5, 2}, 1, 2, 3));
    FloatHistogram withEmpty =
        HistogramMaker.positive(
            0, 1, HistogramMaker.spans(new int[] {1, 1, 2, 0, 3, 2, 7, 0}, 1, 2, 3));
    assertThat(plain).isEqualTo(withEmpty).hasSameHashCodeAs(withEmpty);
    assertThat(HistogramMaker.positive(0, 1, HistogramMaker.spans(new int[] {3, 0})))
        .isEqualTo(HistogramMaker.positive(0, 1, Buckets.NONE));
  }

  @Test
  void emptyBucketsMakeThemDifferent() {
    assertThat(HistogramMaker.positive(0, 1, Buckets.row(0, 1, 0)))
        .isNotEqualTo(HistogramMaker.positive(0, 1, Buckets.row(0, 1)));
  }

  @Test
  void aSpanIsNotTwoSpans() {
    assertThat(HistogramMaker.positive(0, 1, HistogramMaker.spans(new int[] {0, 1, 0, 1}, 1, 2)))
        .isNotEqualTo(HistogramMaker.positive(0, 1, Buckets.row(0, 1, 2)));
  }

  @Test
  void numbersAreComparedByTheirBits() {
    FloatHistogram nan = HistogramMaker.positive(0, Double.NaN, Buckets.NONE);
    assertThat(nan).isEqualTo(HistogramMaker.positive(0, Double.NaN, Buckets.NONE));
    assertThat(nan.withSum(Double.longBitsToDouble(0x7ff0000000000002L))).isNotEqualTo(nan);
    assertThat(nan.withSum(0)).isNotEqualTo(nan.withSum(-0.0));
  }

  @Test
  void theHintDoesNotMatterForEqualityButBoundsDo() {
    assertThat(BOTH_SIDES.withHint(ResetHint.RESET)).isEqualTo(BOTH_SIDES);
    assertThat(HistogramMaker.custom(1, Buckets.row(0, 1), 1, 2))
        .isNotEqualTo(HistogramMaker.custom(1, Buckets.row(0, 1), 1, 3));
  }

  @Test
  void timesScalesEverythingButTheSum() {
    assertThat(BOTH_SIDES.times(2).notation())
        .isEqualTo(
            "{{count:22.5 sum:9 z_bucket:4 z_bucket_w:0.001 buckets:[2 0 0 6] n_offset:1"
                + " n_buckets:[10 0.5]}}");
  }

  @Test
  void aNegativeFactorMakesAGauge() {
    FloatHistogram reset = BOTH_SIDES.withHint(ResetHint.RESET);
    assertThat(reset.times(-1).resetHint()).isEqualTo(ResetHint.GAUGE);
    assertThat(reset.dividedBy(-1).resetHint()).isEqualTo(ResetHint.GAUGE);
    assertThat(reset.times(0).resetHint()).isEqualTo(ResetHint.RESET);
    assertThat(reset.dividedBy(2).resetHint()).isEqualTo(ResetHint.RESET);
  }

  @Test
  void dividedByZeroThereAreNoBuckets() {
    assertThat(BOTH_SIDES.dividedBy(0).notation())
        .isEqualTo("{{count:+Inf sum:+Inf z_bucket:+Inf z_bucket_w:0.001}}");
    assertThat(HistogramMaker.positive(0, 0, Buckets.row(0, 1)).dividedBy(0))
        .hasToString("{count:+Inf, sum:NaN, [-0,0]:NaN}");
  }

  @Test
  void aCoarserSchemaHasTheSameObservationsAndKnowsOfNoReset() {
    FloatHistogram fine =
        HistogramMaker.exponential(
                2,
                0.01,
                3,
                8,
                HistogramMaker.spans(new int[] {-3, 4, 2, 3}, 1, 2, 3, 4, 5, 6, 7),
                Buckets.row(0, 1, 1))
            .withHint(ResetHint.RESET);
    FloatHistogram coarse = fine.toSchema(0);
    assertThat(coarse.notation())
        .isEqualTo(
            "{{count:33 sum:8 z_bucket:3 z_bucket_w:0.01 buckets:[10 11 7] n_buckets:[1 1]}}");
    assertThat(fine.toSchema(2)).isSameAs(fine);
  }

  @Test
  void schemasNotKnownYetBecomeKnownOnes() {
    FloatHistogram future = HistogramMaker.positive(52, 1, Buckets.row(-1, 1, 2, 4));
    assertThat(future.toSchema(8).notation()).isEqualTo("{{schema:8 count:7 sum:1 buckets:[3 4]}}");
  }

  @Test
  void aFinerSchemaAndCustomBoundsAreRefused() {
    FloatHistogram custom = HistogramMaker.custom(1, Buckets.row(0, 1), 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BOTH_SIDES.toSchema(1))
        .withMessage("cannot copy from schema 0 to 1");
    assertThatIllegalArgumentException().isThrownBy(() -> BOTH_SIDES.toSchema(-53));
    assertThatIllegalArgumentException().isThrownBy(() -> custom.toSchema(0));
    assertThat(custom.toSchema(-53)).isSameAs(custom);
  }

  @Test
  void anInfiniteNumberAnywhereIsAnOverflow() {
    assertThat(BOTH_SIDES.hasOverflow()).isFalse();
    assertThat(BOTH_SIDES.withSum(Double.NaN).hasOverflow()).isFalse();
    assertThat(BOTH_SIDES.withSum(Double.NEGATIVE_INFINITY).hasOverflow()).isTrue();
    assertThat(BOTH_SIDES.times(1e308).times(1e308).hasOverflow()).isTrue();
    assertThat(
            HistogramMaker.positive(0, 0, Buckets.row(0, Double.POSITIVE_INFINITY)).hasOverflow())
        .isTrue();
  }

  @Test
  void aStaleMarkerIsOneByTheBitsOfItsSum() {
    assertThat(BOTH_SIDES.withSum(Double.longBitsToDouble(0x7ff0000000000002L)).isStaleMarker())
        .isTrue();
    assertThat(BOTH_SIDES.withSum(Double.NaN).isStaleMarker()).isFalse();
  }
}
