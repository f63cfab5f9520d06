package dev.tocsin.model.batch;

import org.jspecify.annotations.Nullable;

/// Up to 256 samples of one tenant: what moves through the pipeline. 24 bytes a record in three
/// parallel arrays: series reference, time in Unix milliseconds, value. The payload of a NaN
/// survives (a stale marker is one, see [StaleMarker]).
///
/// A native histogram is a record too. Its value is its sum, so that a stale marker is one among
/// floats and histograms alike; the histogram itself is in an array beside, which is there only
/// while the slab has one.
///
/// Owned by one thread at a time: filled by the decoder, then read-only until the pipeline takes it
/// back.
public final class Slab {
  /// The most samples in a slab; also the most samples in one frame of the journal.
  public static final int CAPACITY = 256;

  /// Series references, given by the sequencer; dense, from 0.
  public final int[] refs = new int[CAPACITY];

  /// Unix milliseconds.
  public final long[] timesMs = new long[CAPACITY];

  public final double[] values = new double[CAPACITY];
  private @Nullable EncodedHistogram @Nullable [] histograms;
  private int histogramBytes;
  private int count;

  public int count() {
    return count;
  }

  public boolean isFull() {
    return count == CAPACITY;
  }

  public void add(int ref, long timeMs, double value) {
    refs[count] = ref;
    timesMs[count] = timeMs;
    values[count] = value;
    count++;
  }

  /// As many of `[from, to)` as there is room for; returns how many.
  public int addAll(int[] someRefs, long[] someTimesMs, double[] someValues, int from, int to) {
    int added = Math.min(to - from, CAPACITY - count);
    System.arraycopy(someRefs, from, refs, count, added);
    System.arraycopy(someTimesMs, from, timesMs, count, added);
    System.arraycopy(someValues, from, values, count, added);
    count += added;
    return added;
  }

  public void addHistogram(int ref, long timeMs, EncodedHistogram histogram) {
    @Nullable EncodedHistogram[] all = histograms;
    if (all == null) {
      all = new @Nullable EncodedHistogram[CAPACITY];
      histograms = all;
    }
    all[count] = histogram;
    histogramBytes += histogram.size();
    add(ref, timeMs, histogram.sum());
  }

  /// Where `i` is not null, record `i` is that histogram; null where all are floats. Read only;
  /// survives [#clear].
  public @Nullable EncodedHistogram @Nullable [] histograms() {
    return histograms;
  }

  /// Bytes of all its histograms.
  public int histogramBytes() {
    return histogramBytes;
  }

  /// Keeps the first records, which are floats; what the arrays hold behind them stays for whoever
  /// moves it.
  public void keep(int records) {
    clear();
    count = records;
  }

  public void clear() {
    count = 0;
    histograms = null;
    histogramBytes = 0;
  }
}
