package dev.tocsin.collect.remotewrite;

import java.util.Arrays;

/// The series of one request that have samples and good labels: where they are in the body. At most
/// as many as a transaction may have samples. Reused.
final class SeriesList {
  private static final int RETAINED = 4096;
  private static final int WORDS = 8;

  /// Eight words a series: labels from, samples from, end, reference or -1, number of samples, its
  /// first place among the histograms, its first place among the floats, number of floats.
  private int[] words = new int[WORDS * 64];

  private int count;

  void clear() {
    count = 0;
  }

  /// @param firstHistogram among those of the request
  /// @param firstFloat among those of the request
  void add(
      int labelsFrom,
      int samplesFrom,
      int end,
      int ref,
      int samples,
      int firstHistogram,
      int firstFloat,
      int floats) {
    int at = WORDS * count;
    if (at == words.length) {
      words = Arrays.copyOf(words, 2 * words.length);
    }
    words[at] = labelsFrom;
    words[at + 1] = samplesFrom;
    words[at + 2] = end;
    words[at + 3] = ref;
    words[at + 4] = samples;
    words[at + 5] = firstHistogram;
    words[at + 6] = firstFloat;
    words[at + 7] = floats;
    count++;
  }

  int count() {
    return count;
  }

  int labelsFrom(int i) {
    return words[WORDS * i];
  }

  int samplesFrom(int i) {
    return words[WORDS * i + 1];
  }

  int end(int i) {
    return words[WORDS * i + 2];
  }

  void resolve(int i, int ref) {
    words[WORDS * i + 3] = ref;
  }

  /// The reference; -1 where the series has none yet, or may not have one.
  int ref(int i) {
    return words[WORDS * i + 3];
  }

  int samples(int i) {
    return words[WORDS * i + 4];
  }

  /// Where its histograms begin among those of the request.
  int histograms(int i) {
    return words[WORDS * i + 5];
  }

  /// Where its floats begin among those of the request.
  int firstFloat(int i) {
    return words[WORDS * i + 6];
  }

  int floats(int i) {
    return words[WORDS * i + 7];
  }

  void shrink() {
    if (words.length > WORDS * RETAINED) {
      words = new int[WORDS * 64];
    }
  }
}
