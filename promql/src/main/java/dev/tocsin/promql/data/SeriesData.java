package dev.tocsin.promql.data;

import dev.tocsin.model.labels.Labels;

/// One series and its samples, ascending in time: `timesMs[from .. to)` (Unix milliseconds) and
/// `values[from .. to)`. The arrays are lent: read only.
public record SeriesData(Labels labels, long[] timesMs, double[] values, int from, int to) {
  public int count() {
    return to - from;
  }
}
