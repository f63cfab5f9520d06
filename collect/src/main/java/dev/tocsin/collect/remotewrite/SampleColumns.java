package dev.tocsin.collect.remotewrite;

import java.util.Arrays;

/// The floats of one request, in the order in which they came, as slabs have them: references,
/// times, values. At most as many as a transaction may have samples. Reused.
final class SampleColumns {
  private static final int RETAINED = 4096;
  private static final int FIRST = 64;

  private int[] refs = new int[FIRST];
  private long[] timesMs = new long[FIRST];
  private double[] values = new double[FIRST];
  private int count;

  void clear() {
    count = 0;
  }

  void add(long timeMs, double value) {
    if (count == refs.length) {
      refs = Arrays.copyOf(refs, 2 * count);
      timesMs = Arrays.copyOf(timesMs, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    timesMs[count] = timeMs;
    values[count] = value;
    count++;
  }

  int count() {
    return count;
  }

  /// Forgets those from there on.
  void cut(int from) {
    count = from;
  }

  /// All of these are of one series.
  void refer(int from, int to, int ref) {
    for (int i = from; i < to; i++) {
      refs[i] = ref;
    }
  }

  int[] refs() {
    return refs;
  }

  long[] timesMs() {
    return timesMs;
  }

  double[] values() {
    return values;
  }

  void shrink() {
    count = 0;
    if (refs.length > RETAINED) {
      refs = new int[FIRST];
      timesMs = new long[FIRST];
      values = new double[FIRST];
    }
  }
}
