package dev.tocsin.collect.text;

import java.util.Arrays;

/// The good samples of one request. At most as many as a transaction may have. Reused.
final class SampleList {
  private static final int START = 64;
  private static final int RETAINED = 4096;

  /// Two words a sample: where it begins in the body, and the reference of its series or -1.
  private int[] words = new int[2 * START];

  private long[] timesMs = new long[START];
  private double[] values = new double[START];
  private int count;

  void clear() {
    count = 0;
  }

  void add(int from, int ref, long timeMs, double value) {
    if (count == timesMs.length) {
      words = Arrays.copyOf(words, 4 * count);
      timesMs = Arrays.copyOf(timesMs, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    words[2 * count] = from;
    words[2 * count + 1] = ref;
    timesMs[count] = timeMs;
    values[count] = value;
    count++;
  }

  int count() {
    return count;
  }

  int from(int i) {
    return words[2 * i];
  }

  /// -1 where the series has none yet, or may not have one.
  int ref(int i) {
    return words[2 * i + 1];
  }

  void resolve(int i, int ref) {
    words[2 * i + 1] = ref;
  }

  long timeMs(int i) {
    return timesMs[i];
  }

  double value(int i) {
    return values[i];
  }

  void shrink() {
    if (timesMs.length > RETAINED) {
      words = new int[2 * START];
      timesMs = new long[START];
      values = new double[START];
    }
  }
}
