package dev.tocsin.promql.data;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import org.jspecify.annotations.Nullable;

/// One series and its samples, ascending in time: `timesMs[from .. to)` (Unix milliseconds) and
/// `values[from .. to)`. The arrays are lent: read only.
///
/// @param histograms null where all samples are floats; where `histograms[i]` is not null, sample
///   `i` is that native histogram, and `values[i]` is not looked at
/// @param startTimesMs since when sample `i` has been counting, 0 where unknown; null where unknown
///   for all
public record SeriesData(
    Labels labels,
    long[] timesMs,
    double[] values,
    @Nullable FloatHistogram @Nullable [] histograms,
    long @Nullable [] startTimesMs,
    int from,
    int to) {
  /// Floats only, without start times.
  public SeriesData(Labels labels, long[] timesMs, double[] values, int from, int to) {
    this(labels, timesMs, values, null, null, from, to);
  }

  public int count() {
    return to - from;
  }
}
