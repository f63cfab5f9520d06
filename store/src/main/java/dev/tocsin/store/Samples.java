package dev.tocsin.store;

import dev.tocsin.model.histogram.FloatHistogram;
import org.jspecify.annotations.Nullable;

/// Samples of one series, ascending in time: `timesMs[from .. to)` (Unix milliseconds) and
/// `values[from .. to)`. The arrays are lent: read only. Stale markers are among the values.
///
/// @param histograms null where all are floats; where `histograms[i]` is not null, sample `i` is
///   that native histogram, and `values[i]` its sum (of a stale marker the stale marker)
/// @param histogramBytes what the histograms take in memory, about; negative: too much to be read
public record Samples(
    long[] timesMs,
    double[] values,
    @Nullable FloatHistogram @Nullable [] histograms,
    long histogramBytes,
    int from,
    int to) {
  /// No samples.
  public static final Samples NONE = new Samples(new long[0], new double[0], 0, 0);

  /// Stands for samples that would take more memory than allowed.
  static final Samples TOO_MANY = new Samples(new long[0], new double[0], null, -1, 0, 0);

  /// Floats only.
  public Samples(long[] timesMs, double[] values, int from, int to) {
    this(timesMs, values, null, 0, from, to);
  }

  public int count() {
    return to - from;
  }
}
