package dev.tocsin.bench.differential.data;

/// What the series of a metric are like; queries choose metrics by it.
public enum FamilyKind {
  /// Goes up, and is reset now and then.
  COUNTER,
  GAUGE,
  /// NaN, infinities, very large and very small values.
  ODD,
  /// The buckets of a classic histogram.
  BUCKET,
  /// Native histograms that count up, and are reset now and then.
  NATIVE,
  /// Native histograms that are gauges, or that alternate with floats.
  NATIVE_ODD,
  /// Always 1, with labels that others join.
  INFO,
  /// Unix seconds.
  CLOCK
}
