package dev.tocsin.engine.incremental;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.store.Samples;

/// The samples of one series during one look, without stale markers. The windows of the look are
/// `[i, j)` with `from <= i <= coreFrom` and `coreTo <= j <= to`: all of them are within
/// `[from, to)`, and `[coreFrom, coreTo)`, where it is not empty, is within all of them. Reused.
final class Span {
  long[] timesMs = {};
  double[] values = {};
  int from;
  int to;
  int coreFrom;
  int coreTo;

  private long[] keptTimes = {};
  private double[] keptValues = {};

  /// @param startMs the window at the first time of the look is `(startMs, endMs]`
  /// @param laterMs by how much the last window is later
  void fill(Samples samples, long startMs, long endMs, long laterMs) {
    timesMs = samples.timesMs();
    values = samples.values();
    from = samples.from();
    to = samples.to();
    for (int i = from; i < to; i++) {
      if (StaleMarker.is(values[i])) {
        dropMarkers();
        break;
      }
    }
    coreTo = to;
    while (coreTo > from && timesMs[coreTo - 1] > endMs) {
      coreTo--;
    }
    coreFrom = from;
    while (coreFrom < to && timesMs[coreFrom] <= startMs + laterMs) {
      coreFrom++;
    }
  }

  private void dropMarkers() {
    if (keptTimes.length < to - from) {
      keptTimes = new long[2 * (to - from)];
      keptValues = new double[2 * (to - from)];
    }
    int count = 0;
    for (int i = from; i < to; i++) {
      if (!StaleMarker.is(values[i])) {
        keptTimes[count] = timesMs[i];
        keptValues[count++] = values[i];
      }
    }
    timesMs = keptTimes;
    values = keptValues;
    from = 0;
    to = count;
  }

  /// Whether there is but one window.
  boolean isConstant() {
    return coreFrom == from && coreTo == to;
  }

  int countMin() {
    return Math.max(0, coreTo - coreFrom);
  }

  int countMax() {
    return to - from;
  }

  /// Whether all values are numbers.
  boolean isFinite() {
    for (int i = from; i < to; i++) {
      if (!(Math.abs(values[i]) < Double.POSITIVE_INFINITY)) {
        return false;
      }
    }
    return true;
  }
}
