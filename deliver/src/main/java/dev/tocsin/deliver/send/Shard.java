package dev.tocsin.deliver.send;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.names.SeriesNames;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Samples that wait to be sent, in order; all of one series are in one shard. A ring that grows up
/// to its capacity. What is sent stays in it until it is accepted or dropped. One thread.
final class Shard {
  private static final int FIRST_SAMPLES = 512;

  /// Bytes of the native histograms that wait; beyond it the shard is full.
  private static final int HISTOGRAM_BYTES_MAX = 4 << 20;

  private final int capacity;
  private int[] series;
  private long[] timesMs;
  private double[] values;
  private long[] seqs;
  private long[] arrivedMs;
  private Lane[] lanes;
  private @Nullable EncodedHistogram @Nullable [] histograms;
  private int histogramBytes;
  private int head;
  private int count;

  /// Monotonic nanoseconds since when its first sample waits.
  long waitingSinceNanos;

  /// Monotonic nanoseconds before which nothing is sent.
  long notBeforeNanos = Long.MIN_VALUE;

  /// Of the request under way; null: none is.
  SampleFormat.@Nullable Body inFlight;

  /// The wait after the next failure, milliseconds.
  long backoffMs;

  /// Attempts at what is first.
  int attempts;

  Shard(int capacity, long backoffMs) {
    this.capacity = capacity;
    this.backoffMs = backoffMs;
    int first = Math.min(capacity, FIRST_SAMPLES);
    series = new int[first];
    timesMs = new long[first];
    values = new double[first];
    seqs = new long[first];
    arrivedMs = new long[first];
    lanes = new Lane[first];
  }

  int count() {
    return count;
  }

  /// False where it is full.
  boolean offer(
      int number,
      long timeMs,
      double value,
      @Nullable EncodedHistogram histogram,
      Lane lane,
      long seq,
      long entryMs,
      long nowNanos) {
    if (count == capacity || histogramBytes > HISTOGRAM_BYTES_MAX) {
      return false;
    }
    if (count == series.length) {
      grow();
    }
    if (count == 0) {
      waitingSinceNanos = nowNanos;
    }
    int at = at(count++);
    series[at] = number;
    timesMs[at] = timeMs;
    values[at] = value;
    seqs[at] = seq;
    arrivedMs[at] = entryMs;
    lanes[at] = lane;
    lane.queued++;
    if (histogram != null) {
      put(at, histogram);
    }
    return true;
  }

  private void put(int at, EncodedHistogram histogram) {
    @Nullable EncodedHistogram[] all = histograms;
    if (all == null) {
      all = new @Nullable EncodedHistogram[series.length];
      histograms = all;
    }
    all[at] = histogram;
    histogramBytes += histogram.size();
  }

  private int at(int index) {
    int at = head + index;
    return at < series.length ? at : at - series.length;
  }

  /// Twice as long, with the first sample in the first place.
  private void grow() {
    int size = (int) Math.min(capacity, 2L * series.length);
    rotate();
    series = Arrays.copyOf(series, size);
    timesMs = Arrays.copyOf(timesMs, size);
    values = Arrays.copyOf(values, size);
    seqs = Arrays.copyOf(seqs, size);
    arrivedMs = Arrays.copyOf(arrivedMs, size);
    lanes = Arrays.copyOf(lanes, size);
    @Nullable EncodedHistogram[] all = histograms;
    if (all != null) {
      histograms = Arrays.copyOf(all, size);
    }
  }

  private void rotate() {
    int size = series.length;
    int[] newSeries = new int[size];
    long[] newTimes = new long[size];
    double[] newValues = new double[size];
    long[] newSeqs = new long[size];
    long[] newArrived = new long[size];
    Lane[] newLanes = new Lane[size];
    @Nullable EncodedHistogram[] all = histograms;
    @Nullable EncodedHistogram[] newHistograms =
        all == null ? null : new @Nullable EncodedHistogram[size];
    for (int i = 0; i < count; i++) {
      int from = at(i);
      newSeries[i] = series[from];
      newTimes[i] = timesMs[from];
      newValues[i] = values[from];
      newSeqs[i] = seqs[from];
      newArrived[i] = arrivedMs[from];
      newLanes[i] = lanes[from];
      if (all != null && newHistograms != null) {
        newHistograms[i] = all[from];
      }
    }
    series = newSeries;
    timesMs = newTimes;
    values = newValues;
    seqs = newSeqs;
    arrivedMs = newArrived;
    lanes = newLanes;
    histograms = newHistograms;
    head = 0;
  }

  /// Takes the first ones out.
  void remove(int samples, long nowNanos) {
    @Nullable EncodedHistogram[] all = histograms;
    for (int i = 0; i < samples; i++) {
      lanes[head].queued--;
      EncodedHistogram histogram = all == null ? null : all[head];
      if (all != null && histogram != null) {
        histogramBytes -= histogram.size();
        all[head] = null;
      }
      head = head + 1 == series.length ? 0 : head + 1;
    }
    count -= samples;
    if (histogramBytes == 0) {
      histograms = null;
    }
    waitingSinceNanos = nowNanos;
    attempts = 0;
  }

  /// How many of the first ones are older than this.
  int olderThan(long timeMs) {
    int old = 0;
    while (old < count && timesMs[at(old)] < timeMs) {
      old++;
    }
    return old;
  }

  /// When the first sample came in, Unix milliseconds.
  long firstArrivedMs() {
    return arrivedMs[head];
  }

  /// The newest time among the first samples, Unix milliseconds.
  long newestMs(int samples) {
    long newest = Long.MIN_VALUE;
    for (int i = 0; i < samples; i++) {
      newest = Math.max(newest, timesMs[at(i)]);
    }
    return newest;
  }

  /// The oldest entry of the lane that has a sample here; `Long.MAX_VALUE`: none.
  long oldestSeq(Lane lane) {
    for (int i = 0; i < count; i++) {
      if (lanes[at(i)] == lane) {
        return seqs[at(i)];
      }
    }
    return Long.MAX_VALUE;
  }

  /// The first ones, as a view.
  SampleBatch first(int samples, SeriesNames names) {
    return new First(this, samples, names);
  }

  private record First(Shard shard, int count, SeriesNames names) implements SampleBatch {
    @Override
    public int series(int index) {
      return shard.series[shard.at(index)];
    }

    @Override
    public long timeMs(int index) {
      return shard.timesMs[shard.at(index)];
    }

    @Override
    public double value(int index) {
      return shard.values[shard.at(index)];
    }

    @Override
    public @Nullable EncodedHistogram histogram(int index) {
      @Nullable EncodedHistogram[] all = shard.histograms;
      return all == null ? null : all[shard.at(index)];
    }
  }
}
