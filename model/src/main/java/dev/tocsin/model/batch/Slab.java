package dev.tocsin.model.batch;

/// Up to 256 samples of one tenant: what moves through the pipeline. 24 bytes a record in three
/// parallel arrays: series reference, time in Unix milliseconds, value. The payload of a NaN
/// survives (a stale marker is one, see [StaleMarker]).
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

  public void clear() {
    count = 0;
  }
}
