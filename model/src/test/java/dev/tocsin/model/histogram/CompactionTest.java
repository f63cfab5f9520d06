package dev.tocsin.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompactionTest {
  private static Buckets compact(int emptyMax, int[] spans, double... counts) {
    return HistogramMaker.positive(0, 0, HistogramMaker.spans(spans, counts))
        .compact(emptyMax)
        .positive();
  }

  private static Buckets expected(int[] spans, double... counts) {
    return HistogramMaker.spans(spans, counts);
  }

  @Test
  void emptyBucketsGoFromBothEndsAndTheMiddle() {
    assertThat(compact(0, new int[] {-4, 6, 3, 3}, 0, 0, 1, 0, 2, 0, 0, 3, 0))
        .isEqualTo(expected(new int[] {-2, 1, 1, 1, 5, 1}, 1, 2, 3));
  }

  @Test
  void spansWithoutAGapBecomeOne() {
    assertThat(compact(0, new int[] {2, 2, 0, 1}, 1, 2, 3))
        .isEqualTo(expected(new int[] {2, 3}, 1, 2, 3));
  }

  @Test
  void emptySpansGo() {
    assertThat(compact(0, new int[] {0, 0, 2, 1, 3, 0, 1, 1}, 1, 2))
        .isEqualTo(expected(new int[] {2, 1, 4, 1}, 1, 2));
  }

  @Test
  void nothingIsLeftOfNothing() {
    assertThat(compact(0, new int[] {3, 2}, 0, 0)).isEqualTo(Buckets.NONE);
    assertThat(compact(5, new int[] {3, 0})).isEqualTo(Buckets.NONE);
  }

  @Test
  void aFewEmptyBucketsMayStay() {
    assertThat(compact(2, new int[] {0, 5}, 1, 0, 0, 2, 0))
        .isEqualTo(expected(new int[] {0, 4}, 1, 0, 0, 2));
    assertThat(compact(1, new int[] {0, 5}, 1, 0, 0, 2, 0))
        .isEqualTo(expected(new int[] {0, 1, 2, 1}, 1, 2));
  }

  @Test
  void smallGapsAreFilledWithEmptyBuckets() {
    assertThat(compact(2, new int[] {0, 1, 2, 1, 3, 1}, 1, 2, 3))
        .isEqualTo(expected(new int[] {0, 4, 3, 1}, 1, 0, 0, 2, 3));
  }

  @Test
  void aGapThatIsPartlyThereCountsAsAWhole() {
    assertThat(compact(2, new int[] {0, 2, 1, 2}, 1, 0, 0, 2))
        .isEqualTo(expected(new int[] {0, 1, 3, 1}, 1, 2));
    assertThat(compact(3, new int[] {0, 2, 1, 2}, 1, 0, 0, 2))
        .isEqualTo(expected(new int[] {0, 5}, 1, 0, 0, 0, 2));
  }

  @Test
  void whatIsCompactStaysTheSameObject() {
    FloatHistogram compact =
        HistogramMaker.positive(0, 0, HistogramMaker.spans(new int[] {-1, 2, 1, 1}, 1, 2, 3));
    assertThat(compact.compact(0)).isSameAs(compact);
  }

  @Test
  void bothSidesAreCompacted() {
    FloatHistogram both =
        HistogramMaker.exponential(0, 0, 0, 0, Buckets.row(0, 0, 1), Buckets.row(5, 0, 2));
    assertThat(both.compact(0).positive()).isEqualTo(Buckets.row(1, 1));
    assertThat(both.compact(0).negative()).isEqualTo(Buckets.row(6, 2));
  }
}
