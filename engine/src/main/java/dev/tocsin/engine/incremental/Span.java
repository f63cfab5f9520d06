package dev.tocsin.engine.incremental;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.store.Samples;

/// The samples of one series during one look, without stale markers. The windows of the look are
/// `[i, j)` with `from <= i <= coreFrom` and `coreTo <= j <= to`: all of them are within `[from,
/// to)`, and `[coreFrom, coreTo)`, where it is not empty, is within all of them. Reused.
final class Span {
  long[] timesMs = {};
  double[] values = {};
  int from;
  int to;
  int coreFrom;
  int coreTo;

  /// Whether all values are numbers.
  boolean finite;

  /// How many values are below the one before.
  int falls;

  /// Of those that are numbers, in all windows.
  double smallest;

  double largest;

  private long[] keptTimes = {};
  private double[] keptValues = {};

  /// @param startMs the window at the first time of the look is `(startMs, endMs]`
  /// @param laterMs by how much the last window is later
  void fill(Samples samples, long startMs, long endMs, long laterMs) {
    timesMs = samples.timesMs();
    values = samples.values();
    from = samples.from();
    to = samples.to();
    if (!examine()) {
      dropMarkers();
      examine();
    }
    coreTo = to;
    while (coreTo > from && timesMs[coreTo - 1] > endMs) {
      coreTo--;
    }
    boolean allLeave = to > from && timesMs[to - 1] <= startMs + laterMs;
    coreFrom = allLeave ? to : from;
    while (coreFrom < to && timesMs[coreFrom] <= startMs + laterMs) {
      coreFrom++;
    }
  }

  /// Looks through the values once. False: there is a stale marker.
  private boolean examine() {
    finite = true;
    falls = 0;
    smallest = Double.POSITIVE_INFINITY;
    largest = Double.NEGATIVE_INFINITY;
    double before = Double.NaN;
    for (int i = from; i < to; i++) {
      double value = values[i];
      if (value < before) {
        falls++;
      }
      if (value < smallest) {
        smallest = value;
      }
      if (value > largest) {
        largest = value;
      }
      if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
        if (StaleMarker.is(value)) {
          return false;
        }
        finite = false;
      }
      before = value;
    }
    return true;
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
}
