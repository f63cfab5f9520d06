package dev.tocsin.model.histogram;

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
}
