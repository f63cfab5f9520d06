package dev.tocsin.store;

/// Samples of one series, ascending in time: `timesMs[from .. to)` (Unix milliseconds) and
/// `values[from .. to)`. The arrays are lent: read only. Stale markers are among the values.
public record Samples(long[] timesMs, double[] values, int from, int to) {
  /// No samples.
  public static final Samples NONE = new Samples(new long[0], new double[0], 0, 0);

  public int count() {
    return to - from;
  }
}
