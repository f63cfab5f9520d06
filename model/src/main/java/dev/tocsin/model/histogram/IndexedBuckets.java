package dev.tocsin.model.histogram;

import java.util.Arrays;

/// The buckets of one sign with the index of each spelled out, ascending: the form in which buckets
/// are merged. With compensations where they are part of a compensated sum, else without.
record IndexedBuckets(int[] indices, double[] counts, double[] compensations) {
  static final double[] PLAIN = {};

  static IndexedBuckets of(Buckets buckets) {
    return of(buckets, PLAIN);
  }

  /// Of a sum: the compensations are those of the counts, one each.
  static IndexedBuckets of(Buckets buckets, double[] compensations) {
    int[] indices = new int[buckets.size()];
    SpanCursor cursor = SpanCursor.up(buckets);
    int size = 0;
    while (cursor.next()) {
      indices[size++] = cursor.index();
    }
    if (size == indices.length) {
      return new IndexedBuckets(indices, buckets.counts(), compensations);
    }
    return new IndexedBuckets(indices, buckets.counts(), compensations).first(size);
  }

  boolean isCompensated() {
    return compensations.length != 0;
  }

  int size() {
    return indices.length;
  }

  /// The same with compensations, all zero where there were none.
  IndexedBuckets compensated() {
    return isCompensated() ? this : new IndexedBuckets(indices, counts, new double[size()]);
  }

  /// Whether nothing was observed in the bucket at a position.
  boolean isEmpty(int position) {
    return counts[position] == 0 && (!isCompensated() || compensations[position] == 0);
  }

  double compensation(int position) {
    return isCompensated() ? compensations[position] : 0;
  }

  /// The first buckets only.
  private IndexedBuckets first(int size) {
    if (size == indices.length && size == counts.length) {
      return this;
    }
    return new IndexedBuckets(
        Arrays.copyOf(indices, size),
        Arrays.copyOf(counts, size),
        isCompensated() ? Arrays.copyOf(compensations, size) : compensations);
  }

  /// In a schema coarser by `steps`.
  IndexedBuckets coarser(int steps) {
    if (steps == 0 || size() == 0) {
      return this;
    }
    int[] targets = new int[size()];
    double[] sums = new double[size()];
    double[] lows = isCompensated() ? new double[size()] : PLAIN;
    int last = -1;
    for (int i = 0; i < size(); i++) {
      int target = Bounds.coarser(indices[i], steps);
      if (last >= 0 && targets[last] == target) {
        if (isCompensated()) {
          lows[last] = Kahan.compensation(counts[i], sums[last], lows[last]);
          sums[last] += counts[i];
          lows[last] = Kahan.compensation(compensations[i], sums[last], lows[last]);
          sums[last] += compensations[i];
        } else {
          sums[last] += counts[i];
        }
        continue;
      }
      last++;
      targets[last] = target;
      sums[last] = counts[i];
      if (isCompensated()) {
        lows[last] = compensations[i];
      }
    }
    return new IndexedBuckets(targets, sums, lows).first(last + 1);
  }

  /// The buckets from the first whose upper bound is above the zero bucket on.
  IndexedBuckets above(double zeroThreshold, int schema) {
    int from = 0;
    while (from < size() && Bounds.exponential(indices[from], schema) <= zeroThreshold) {
      from++;
    }
    return from == 0 ? this : from(from);
  }

  private IndexedBuckets from(int position) {
    return new IndexedBuckets(
        Arrays.copyOfRange(indices, position, size()),
        Arrays.copyOfRange(counts, position, size()),
        isCompensated() ? Arrays.copyOfRange(compensations, position, size()) : compensations);
  }

  IndexedBuckets negated() {
    double[] negated = new double[counts.length];
    for (int i = 0; i < negated.length; i++) {
      negated[i] = counts[i] * -1;
    }
    return new IndexedBuckets(indices, negated, compensations);
  }

  /// The sum of both; compensated where this is.
  IndexedBuckets plus(IndexedBuckets other, boolean compensated) {
    int sizeMax = size() + other.size();
    int[] allIndices = new int[sizeMax];
    double[] sums = new double[sizeMax];
    double[] lows = compensated ? new double[sizeMax] : PLAIN;
    int mine = 0;
    int theirs = 0;
    int all = 0;
    while (mine < size() || theirs < other.size()) {
      boolean takeMine =
          theirs == other.size() || (mine < size() && indices[mine] <= other.indices[theirs]);
      boolean takeTheirs =
          mine == size() || (theirs < other.size() && other.indices[theirs] <= indices[mine]);
      allIndices[all] = takeMine ? indices[mine] : other.indices[theirs];
      sums[all] = takeMine ? counts[mine] : other.counts[theirs];
      if (compensated) {
        lows[all] = takeMine ? compensation(mine) : other.compensation(theirs);
        if (takeMine && takeTheirs) {
          addCompensated(sums, lows, all, other.counts[theirs], other.compensation(theirs));
        }
      } else if (takeMine && takeTheirs) {
        sums[all] += other.counts[theirs];
      }
      mine += takeMine ? 1 : 0;
      theirs += takeTheirs ? 1 : 0;
      all++;
    }
    return new IndexedBuckets(allIndices, sums, lows).first(all);
  }

  static void addCompensated(
      double[] sums, double[] lows, int at, double count, double compensation) {
    lows[at] = Kahan.compensation(count, sums[at], lows[at]);
    sums[at] += count;
    if (compensation != 0) {
      lows[at] = Kahan.compensation(compensation, sums[at], lows[at]);
      sums[at] += compensation;
    }
  }

  /// With spans again: one for each row of buckets without a gap.
  Buckets toBuckets() {
    int spans = 0;
    for (int i = 0; i < size(); i++) {
      if (startsSpan(i)) {
        spans++;
      }
    }
    int[] offsets = new int[spans];
    int[] lengths = new int[spans];
    int span = -1;
    for (int i = 0; i < size(); i++) {
      if (startsSpan(i)) {
        span++;
        offsets[span] = i == 0 ? indices[0] : indices[i] - indices[i - 1] - 1;
      }
      lengths[span]++;
    }
    return size() == 0 ? Buckets.NONE : new Buckets(offsets, lengths, counts);
  }

  private boolean startsSpan(int position) {
    return position == 0 || indices[position] != indices[position - 1] + 1;
  }
}
