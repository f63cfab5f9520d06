package dev.tocsin.model.histogram;

/// Buckets without those nobody needs: empty ones go, and the rest is put in one span where no more
/// than a given number of buckets is between (which are then there as empty ones).
final class Compaction {
  /// The most empty buckets that are filled in, so that a gap of any size costs no memory. What is
  /// beyond stays a gap.
  static final int BUCKETS_FILLED_MAX = 10_000;

  private Compaction() {}

  static Buckets of(Buckets buckets, int emptyBucketsMax) {
    return isDone(buckets, emptyBucketsMax)
        ? buckets
        : of(IndexedBuckets.of(buckets), emptyBucketsMax).toBuckets();
  }

  /// Whether nothing would change.
  static boolean isDone(Buckets buckets, int emptyBucketsMax) {
    for (double count : buckets.counts()) {
      if (count == 0) {
        return false;
      }
    }
    for (int i = 0; i < buckets.lengths().length; i++) {
      boolean mergeable = i > 0 && buckets.offsets()[i] <= emptyBucketsMax;
      if (mergeable || buckets.lengths()[i] == 0) {
        return false;
      }
    }
    return true;
  }

  static IndexedBuckets of(IndexedBuckets buckets, int emptyBucketsMax) {
    int size = size(buckets, emptyBucketsMax);
    int[] indices = new int[size];
    double[] counts = new double[size];
    double[] compensations = buckets.isCompensated() ? new double[size] : IndexedBuckets.PLAIN;
    int filled = 0;
    int at = 0;
    int last = -1;
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.isEmpty(i)) {
        continue;
      }
      long gap = last < 0 ? 0 : gap(buckets, last, i);
      if (isFilled(gap, filled, emptyBucketsMax)) {
        filled += (int) gap;
        for (long k = gap; k > 0; k--) {
          indices[at++] = (int) (buckets.indices()[i] - k);
        }
      }
      indices[at] = buckets.indices()[i];
      counts[at] = buckets.counts()[i];
      if (buckets.isCompensated()) {
        compensations[at] = buckets.compensations()[i];
      }
      at++;
      last = i;
    }
    return new IndexedBuckets(indices, counts, compensations);
  }

  private static int size(IndexedBuckets buckets, int emptyBucketsMax) {
    int size = 0;
    int filled = 0;
    int last = -1;
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.isEmpty(i)) {
        continue;
      }
      long gap = last < 0 ? 0 : gap(buckets, last, i);
      if (isFilled(gap, filled, emptyBucketsMax)) {
        filled += (int) gap;
      }
      size++;
      last = i;
    }
    return size + filled;
  }

  private static boolean isFilled(long gap, int filled, int emptyBucketsMax) {
    return gap > 0 && gap <= emptyBucketsMax && filled + gap <= BUCKETS_FILLED_MAX;
  }

  private static long gap(IndexedBuckets buckets, int from, int to) {
    return (long) buckets.indices()[to] - buckets.indices()[from] - 1;
  }
}
