package dev.tocsin.pipeline.accounting;

import java.util.Arrays;

/// The transactions whose samples are in flight, in the order of their sequence: a first-in
/// first-out queue of primitives. When it is full, a new transaction joins the last one where both
/// have the same fate so far, and the two settle together with the later one; so nothing is lost,
/// it is only counted later. (Fates differ only where the journal fails or recovers: that many
/// places more than the limit there can be.) Not thread-safe.
final class Unsettled {
  private static final int FIRST_CAPACITY = 64;

  private final int max;
  private long[] seqs = new long[FIRST_CAPACITY];
  private long[] samples = new long[FIRST_CAPACITY];
  private long[] taken = new long[FIRST_CAPACITY];
  private Fate[] fates = new Fate[FIRST_CAPACITY];
  private int head;
  private int size;

  /// So many of them the engine is past.
  private int past;

  Unsettled(int max) {
    this.max = max;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  long seq() {
    return seqs[head];
  }

  long samples() {
    return samples[head];
  }

  /// How many of the samples the engine had.
  long taken() {
    return taken[head];
  }

  Fate fate() {
    return fates[head];
  }

  /// The engine had so many samples of this input; it goes in the order of the sequence. False
  /// where no transaction waits that has it.
  boolean taken(long seq, long count) {
    while (past < size && seqs[at(past)] < seq) {
      past++;
    }
    if (past == size) {
      return false;
    }
    taken[at(past)] += count;
    return true;
  }

  void remove() {
    head = (head + 1) & (seqs.length - 1);
    size--;
    past = Math.max(0, past - 1);
  }

  void add(long seq, long count, Fate fate) {
    if (size >= max) {
      int last = at(size - 1);
      if (fates[last] == fate) {
        seqs[last] = seq;
        samples[last] += count;
        return;
      }
    }
    if (size == seqs.length) {
      grow();
    }
    int i = at(size);
    seqs[i] = seq;
    samples[i] = count;
    taken[i] = 0;
    fates[i] = fate;
    size++;
  }

  /// Those from `fromSeq` through `throughSeq` whose fate was open get this one.
  void decide(long fromSeq, long throughSeq, Fate fate) {
    for (int n = 0; n < size; n++) {
      int i = at(n);
      if (seqs[i] > throughSeq) {
        return;
      }
      if (seqs[i] >= fromSeq && fates[i] == Fate.OPEN) {
        fates[i] = fate;
      }
    }
  }

  private int at(int n) {
    return (head + n) & (seqs.length - 1);
  }

  private void grow() {
    int capacity = seqs.length;
    long[] allSeqs = Arrays.copyOf(seqs, 2 * capacity);
    long[] allSamples = Arrays.copyOf(samples, 2 * capacity);
    long[] allTaken = Arrays.copyOf(taken, 2 * capacity);
    Fate[] allFates = Arrays.copyOf(fates, 2 * capacity);
    for (int n = 0; n < size; n++) {
      int i = at(n);
      allSeqs[n] = seqs[i];
      allSamples[n] = samples[i];
      allTaken[n] = taken[i];
      allFates[n] = fates[i];
    }
    seqs = allSeqs;
    samples = allSamples;
    taken = allTaken;
    fates = allFates;
    head = 0;
  }
}
