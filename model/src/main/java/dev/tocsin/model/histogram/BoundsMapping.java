package dev.tocsin.model.histogram;

import java.util.Arrays;

/// Puts the buckets of histograms with different custom bounds into buckets with the bounds that
/// all have, and adds them up there, compensated.
final class BoundsMapping {
  private final double[] bounds;
  private final double[] sums;
  private final double[] lows;

  BoundsMapping(double[] bounds) {
    this.bounds = bounds;
    this.sums = new double[bounds.length + 1];
    this.lows = new double[bounds.length + 1];
  }

  /// Adds buckets that have the bounds `from`.
  void add(Buckets buckets, double[] compensations, double[] from, boolean minus) {
    SpanCursor cursor = SpanCursor.up(buckets);
    int target = 0;
    while (cursor.next()) {
      int index = Math.max(0, cursor.index());
      int into = bounds.length;
      if (index < from.length) {
        while (target < bounds.length && bounds[target] < from[index]) {
          target++;
        }
        into = target;
      }
      add(into, minus ? -cursor.count() : cursor.count());
      if (compensations.length != 0) {
        add(into, compensations[cursor.position()]);
      }
    }
  }

  private void add(int into, double count) {
    lows[into] = Kahan.compensation(count, sums[into], lows[into]);
    sums[into] += count;
  }

  /// The sums with their compensations, without empty buckets.
  IndexedBuckets buckets() {
    int[] indices = new int[sums.length];
    Arrays.setAll(indices, i -> i);
    return Compaction.of(new IndexedBuckets(indices, sums, lows), 0);
  }
}
