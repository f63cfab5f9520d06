package dev.tocsin.bench.differential.data;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import org.jspecify.annotations.Nullable;

/// A series with all of its samples; times are milliseconds relative to the end of the data.
///
/// @param histograms null where all samples are floats; where `histograms[i]` is not null, sample
///   `i` is that native histogram
public record PlannedSeries(
    Labels labels,
    long[] timesMs,
    double[] values,
    @Nullable FloatHistogram @Nullable [] histograms) {
  PlannedSeries(Labels labels, long[] timesMs, double[] values) {
    this(labels, timesMs, values, null);
  }

  /// Null where sample `i` is a float.
  public @Nullable FloatHistogram histogram(int i) {
    return histograms == null ? null : histograms[i];
  }
}
