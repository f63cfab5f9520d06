package dev.tocsin.promql.series;

import dev.tocsin.model.histogram.FloatHistogram;

/// One place in the values of a described series.
public sealed interface SeriesValue {
  /// No sample here: `_`.
  record Omitted() implements SeriesValue {}

  /// A float; `stale` is the stale marker.
  record FloatValue(double value) implements SeriesValue {}

  /// A native histogram.
  ///
  /// @param hintGiven whether its counter reset hint was written down; where it was not, whoever
  ///   compares does not look at it
  record Histogram(FloatHistogram histogram, boolean hintGiven) implements SeriesValue {}
}
