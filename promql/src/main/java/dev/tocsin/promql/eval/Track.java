package dev.tocsin.promql.eval;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.SeriesData;
import org.jspecify.annotations.Nullable;

/// One series and a place in it. Asked about ascending times, it does not look at a sample twice.
final class Track {
  private final Labels labels;
  private final boolean dropsName;
  private final long[] timesMs;
  private final double[] values;

  /// Null where all samples are floats.
  private final @Nullable FloatHistogram @Nullable [] histograms;

  /// Null where no start times are known.
  private final long @Nullable [] startTimesMs;

  private final int from;
  private final int to;

  /// Two places, so that both ends of a window move forward only.
  private int tail;

  private int head;

  /// So many samples are looked at one by one before the others are searched.
  private static final int NEAR = 8;

  private boolean neverFalls;

  Track(
      Labels labels,
      boolean dropsName,
      long[] timesMs,
      double[] values,
      @Nullable FloatHistogram @Nullable [] histograms,
      long @Nullable [] startTimesMs,
      int from,
      int to) {
    this.labels = labels;
    this.dropsName = dropsName;
    this.timesMs = timesMs;
    this.values = values;
    this.histograms = histograms;
    this.startTimesMs = startTimesMs;
    this.from = from;
    this.to = to;
    this.tail = from;
    this.head = from;
  }

  static Track of(SeriesData data) {
    return new Track(
        data.labels(),
        false,
        data.timesMs(),
        data.values(),
        data.histograms(),
        data.startTimesMs(),
        data.from(),
        data.to());
  }

  /// Without stale markers, as ranges see it.
  static Track withoutMarkers(SeriesData data) {
    @Nullable FloatHistogram[] histograms = data.histograms();
    int markers = 0;
    for (int i = data.from(); i < data.to(); i++) {
      if (isMarker(data.values(), histograms, i)) {
        markers++;
      }
    }
    if (markers == 0) {
      return of(data);
    }
    int size = data.count() - markers;
    long[] times = new long[size];
    double[] values = new double[size];
    @Nullable FloatHistogram[] kept =
        histograms == null ? null : new @Nullable FloatHistogram[size];
    long[] allStarts = data.startTimesMs();
    long[] starts = allStarts == null ? null : new long[size];
    int count = 0;
    for (int i = data.from(); i < data.to(); i++) {
      if (isMarker(data.values(), histograms, i)) {
        continue;
      }
      times[count] = data.timesMs()[i];
      values[count] = data.values()[i];
      if (histograms != null && kept != null) {
        kept[count] = histograms[i];
      }
      if (allStarts != null && starts != null) {
        starts[count] = allStarts[i];
      }
      count++;
    }
    return new Track(data.labels(), false, times, values, kept, starts, 0, count);
  }

  private static boolean isMarker(
      double[] values, @Nullable FloatHistogram @Nullable [] histograms, int index) {
    FloatHistogram histogram = histograms == null ? null : histograms[index];
    return StaleMarker.is(histogram == null ? values[index] : histogram.sum());
  }

  /// With the count and the sum of its histograms only.
  Track withoutBuckets() {
    if (histograms == null) {
      return this;
    }
    @Nullable FloatHistogram[] stats = HistogramStats.of(histograms, from, to);
    return new Track(labels, dropsName, timesMs, values, stats, startTimesMs, from, to);
  }

  /// Without what is known of resets of its histograms: samples of a subquery are not those that
  /// were before it.
  Track withoutResetHints() {
    if (histograms == null) {
      return this;
    }
    @Nullable FloatHistogram[] unknown = histograms.clone();
    for (int i = from; i < to; i++) {
      FloatHistogram histogram = unknown[i];
      if (histogram != null && histogram.resetHint() != ResetHint.GAUGE) {
        unknown[i] = histogram.withHint(ResetHint.UNKNOWN);
      }
    }
    return new Track(labels, dropsName, timesMs, values, unknown, startTimesMs, from, to);
  }

  /// A part of it.
  Track cut(int from, int to) {
    return new Track(labels, dropsName, timesMs, values, histograms, startTimesMs, from, to);
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

  @Nullable FloatHistogram @Nullable [] histograms() {
    return histograms;
  }

  long @Nullable [] startTimesMs() {
    return startTimesMs;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /// Looks through all samples once, which pays where they are in many windows.
  void examine() {
    boolean never = histograms == null;
    for (int i = from + 1; never && i < to; i++) {
      never = !(values[i] < values[i - 1]);
    }
    neverFalls = never;
  }

  /// Whether no value is below the one before it, as far as [#examine] was asked.
  boolean neverFalls() {
    return neverFalls;
  }

  /// How many samples it counts for where they are limited.
  long weight() {
    return histograms == null ? to - from : HistogramSize.of(histograms, from, to);
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
    // A step of a query is most often a few samples.
    int near = Math.min(high, low + NEAR);
    while (low < near && timesMs[low] <= timeMs) {
      low++;
    }
    if (low < near) {
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
