package dev.tocsin.model.histogram;

import java.util.Arrays;

/// The buckets of one sign: `counts[i]` observations each, not cumulative. Which they are say the
/// spans: span `s` is `lengths[s]` buckets in a row, `offsets[s]` buckets after the end of the span
/// before it (the first: after index 0; may be negative). The arrays belong to this object: read
/// only.
///
/// Source: Prometheus's specification of native histograms.
public record Buckets(int[] offsets, int[] lengths, double[] counts) {
  private static final int[] NO_SPANS = {};
  private static final double[] NO_COUNTS = {};

  /// No bucket.
  public static final Buckets NONE = new Buckets(NO_SPANS, NO_SPANS, NO_COUNTS);

  public Buckets {
    if (offsets.length != lengths.length) {
      throw new IllegalArgumentException(
          offsets.length + " offsets of spans, but " + lengths.length + " lengths");
    }
  }

  /// Buckets in one row from `offset` on.
  public static Buckets row(int offset, double... counts) {
    if (counts.length == 0) {
      return NONE;
    }
    return new Buckets(new int[] {offset}, new int[] {counts.length}, counts);
  }

  /// How many buckets there are, empty ones among them.
  public int size() {
    return counts.length;
  }

  /// The same buckets with other counts.
  Buckets withCounts(double[] others) {
    return new Buckets(offsets, lengths, others);
  }

  /// Whether the spans are the same, number by number.
  boolean sameSpans(Buckets other) {
    return Arrays.equals(offsets, other.offsets) && Arrays.equals(lengths, other.lengths);
  }

  Buckets times(double factor) {
    double[] scaled = new double[counts.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = counts[i] * factor;
    }
    return withCounts(scaled);
  }

  Buckets dividedBy(double divisor) {
    double[] scaled = new double[counts.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = counts[i] / divisor;
    }
    return withCounts(scaled);
  }

  boolean hasInfinity() {
    for (double count : counts) {
      if (Double.isInfinite(count)) {
        return true;
      }
    }
    return false;
  }

  /// Equal where the spans say the same buckets (spans without buckets between them do not matter)
  /// and the counts are the same bit for bit.
  @Override
  public boolean equals(Object other) {
    return other instanceof Buckets that
        && SpanMatch.sameBuckets(this, that)
        && sameBits(counts, that.counts);
  }

  @Override
  public int hashCode() {
    int hash = counts.length;
    for (double count : counts) {
      hash = 31 * hash + Long.hashCode(Double.doubleToRawLongBits(count));
    }
    return hash;
  }

  @Override
  public String toString() {
    return "spans after "
        + Arrays.toString(offsets)
        + " of "
        + Arrays.toString(lengths)
        + ": "
        + Arrays.toString(counts);
  }

  private static boolean sameBits(double[] some, double[] others) {
    if (some.length != others.length) {
      return false;
    }
    for (int i = 0; i < some.length; i++) {
      if (Double.doubleToRawLongBits(some[i]) != Double.doubleToRawLongBits(others[i])) {
        return false;
      }
    }
    return true;
  }
}
