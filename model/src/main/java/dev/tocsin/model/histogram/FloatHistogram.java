package dev.tocsin.model.histogram;

/// A native histogram with float counts; never changes. Schemas -4 to 8 have bucket bounds at the
/// powers of `2^(2^-schema)`; schema -53 has bounds of its own. A stale marker among histograms is
/// one whose sum is the stale marker.
///
/// Source: Prometheus's specification of native histograms.
///
/// @param zeroThreshold observations within `[-zeroThreshold, zeroThreshold]` are in the zero
///   bucket
/// @param customBounds the upper bounds, ascending, without +Inf; empty but for schema -53. Read
///   only.
public record FloatHistogram(
    ResetHint resetHint,
    int schema,
    double zeroThreshold,
    double zeroCount,
    double count,
    double sum,
    Buckets positive,
    Buckets negative,
    double[] customBounds) {
  /// The schema of histograms whose bounds are given.
  public static final int CUSTOM_BOUNDS = -53;
}
