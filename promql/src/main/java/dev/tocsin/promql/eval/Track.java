package dev.tocsin.promql.eval;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.SeriesData;

/// One series and a place in it. Asked about ascending times, it does not look at a sample twice.
final class Track {
  private final Labels labels;
  private final boolean dropsName;
  private final long[] timesMs;
  private final double[] values;
  private final int from;
  private final int to;

  /// Two places, so that both ends of a window move forward only.
  private int tail;

  private int head;

  Track(Labels labels, boolean dropsName, long[] timesMs, double[] values, int from, int to) {
    this.labels = labels;
    this.dropsName = dropsName;
    this.timesMs = timesMs;
    this.values = values;
    this.from = from;
    this.to = to;
    this.tail = from;
    this.head = from;
  }

  static Track of(SeriesData data) {
    return new Track(data.labels(), false, data.timesMs(), data.values(), data.from(), data.to());
  }

  /// Without stale markers, as ranges see it.
  static Track withoutMarkers(SeriesData data) {
    int markers = 0;
    for (int i = data.from(); i < data.to(); i++) {
      if (StaleMarker.is(data.values()[i])) {
        markers++;
      }
    }
    if (markers == 0) {
      return of(data);
    }
    long[] times = new long[data.count() - markers];
    double[] values = new double[times.length];
    int count = 0;
    for (int i = data.from(); i < data.to(); i++) {
      if (!StaleMarker.is(data.values()[i])) {
        times[count] = data.timesMs()[i];
        values[count++] = data.values()[i];
      }
    }
    return new Track(data.labels(), false, times, values, 0, count);
  }

  Labels labels() {
    return labels;
  }

  boolean dropsName() {
    return dropsName;
  }

  long[] timesMs() {
    return timesMs;
  }

  double[] values() {
    return values;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /// The index of the first sample after `timeMs`.
  int after(long timeMs) {
    head = search(head, timeMs);
    return head;
  }

  /// The same, for the other end of a window.
  int tailAfter(long timeMs) {
    tail = search(tail, timeMs);
    return tail;
  }

  private int search(int place, long timeMs) {
    int low = place > from && timesMs[place - 1] > timeMs ? from : place;
    int high = to;
    // The next one is most often the one.
    if (low < high && timesMs[low] > timeMs) {
      return low;
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (timesMs[middle] > timeMs) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
