package dev.tocsin.collect.remotewrite;

import java.util.Arrays;

/// The series of one request that have samples and good labels: where they are in the body. At most
/// as many as a transaction may have samples. Reused.
final class SeriesList {
  private static final int RETAINED = 4096;
  private static final int WORDS = 7;

  /// Seven words a series: labels from, labels to (0: not in one piece), samples from, end, entry
  /// of the memory or -1, number of samples, its first place among the histograms. After resolving,
  /// the entry's word holds the reference.
  private int[] words = new int[WORDS * 64];

  private int count;

  void clear() {
    count = 0;
  }

  void add(
      int labelsFrom,
      int labelsTo,
      int samplesFrom,
      int end,
      int entry,
      int samples,
      int histograms) {
    int at = WORDS * count;
    if (at == words.length) {
      words = Arrays.copyOf(words, 2 * words.length);
    }
    words[at] = labelsFrom;
    words[at + 1] = labelsTo;
    words[at + 2] = samplesFrom;
    words[at + 3] = end;
    words[at + 4] = entry;
    words[at + 5] = samples;
    words[at + 6] = histograms;
    count++;
  }

  int count() {
    return count;
  }

  int labelsFrom(int i) {
    return words[WORDS * i];
  }

  int labelsTo(int i) {
    return words[WORDS * i + 1];
  }

  int samplesFrom(int i) {
    return words[WORDS * i + 2];
  }

  int end(int i) {
    return words[WORDS * i + 3];
  }

  int entry(int i) {
    return words[WORDS * i + 4];
  }

  void resolve(int i, int ref) {
    words[WORDS * i + 4] = ref;
  }

  /// The reference; -1 where the series may not be made.
  int ref(int i) {
    return words[WORDS * i + 4];
  }

  int samples(int i) {
    return words[WORDS * i + 5];
  }

  /// Where its histograms begin among those of the request.
  int histograms(int i) {
    return words[WORDS * i + 6];
  }

  void shrink() {
    if (words.length > WORDS * RETAINED) {
      words = new int[WORDS * 64];
    }
  }
}
