package dev.tocsin.model.histogram;

import org.jspecify.annotations.Nullable;

/// What the zero bucket of a histogram would be if it were wider: histograms with different zero
/// buckets are added with the smallest one that has both in it and ends within no bucket that has
/// observations.
///
/// @param compensation of the count, where it was added up
record ZeroBucket(double count, double threshold, double compensation) {
  /// The zero bucket of `histogram` with at least the given threshold, which is not less than its
  /// own. The threshold grows to the end of a bucket with observations that it falls into.
  static ZeroBucket widened(
      FloatHistogram histogram, @Nullable FloatHistogram compensation, double threshold) {
    Widening widening = new Widening(histogram, compensation, threshold);
    if (threshold != histogram.zeroThreshold()) {
      widening.run();
    } else {
      widening.count = histogram.zeroCount();
    }
    return new ZeroBucket(widening.count, widening.threshold, widening.low);
  }

  /// The histogram with this zero bucket, without the buckets that are in it.
  FloatHistogram appliedTo(FloatHistogram histogram) {
    return new FloatHistogram(
        histogram.resetHint(),
        histogram.schema(),
        threshold,
        count,
        histogram.count(),
        histogram.sum(),
        outside(histogram, true),
        outside(histogram, false),
        histogram.customBounds());
  }

  private Buckets outside(FloatHistogram histogram, boolean positive) {
    Buckets buckets = positive ? histogram.positive() : histogram.negative();
    double[] counts = buckets.counts().clone();
    clear(counts, inside(histogram, positive));
    return Compaction.of(buckets.withCounts(counts), 0);
  }

  /// The buckets of one sign of a compensated sum that are not in this zero bucket.
  CompensatedBuckets outside(FloatHistogram sum, CompensatedBuckets buckets, boolean positive) {
    double[] counts = buckets.sums().counts().clone();
    double[] compensations = buckets.compensations().clone();
    int inside = inside(sum, positive);
    clear(counts, inside);
    clear(compensations, inside);
    IndexedBuckets cleared = IndexedBuckets.of(buckets.sums().withCounts(counts), compensations);
    return CompensatedBuckets.of(Compaction.of(cleared, 0));
  }

  private static void clear(double[] counts, int inside) {
    for (int i = 0; i < inside; i++) {
      counts[i] = 0;
    }
  }

  /// How many buckets begin within the zero bucket.
  private int inside(FloatHistogram histogram, boolean positive) {
    int inside = 0;
    BucketCursor cursor = BucketCursor.outwards(histogram, positive);
    while (cursor.next()) {
      if (positive ? cursor.lower() >= threshold : cursor.upper() <= -threshold) {
        break;
      }
      inside++;
    }
    return inside;
  }

  /// The walk that adds up what falls into the wider zero bucket.
  private static final class Widening {
    private final FloatHistogram histogram;
    private final @Nullable FloatHistogram compensation;
    private double threshold;
    private double count;
    private double low;

    private Widening(
        FloatHistogram histogram, @Nullable FloatHistogram compensation, double threshold) {
      this.histogram = histogram;
      this.compensation = compensation;
      this.threshold = threshold;
      this.low = compensation == null ? 0 : compensation.zeroCount();
    }

    private void run() {
      do {
        // The compensation keeps what a round before put in it, as Prometheus's does.
        count = histogram.zeroCount();
        addPositive();
      } while (addNegative());
    }

    private void addPositive() {
      BucketCursor cursor = BucketCursor.outwards(histogram, true);
      while (cursor.next() && cursor.lower() < threshold) {
        add(cursor, true);
        if (cursor.upper() > threshold) {
          if (cursor.count() != 0) {
            threshold = cursor.upper();
          }
          return;
        }
      }
    }

    /// Returns whether the threshold grew, so that the positive buckets are to be looked at again.
    private boolean addNegative() {
      BucketCursor cursor = BucketCursor.outwards(histogram, false);
      while (cursor.next() && cursor.upper() > -threshold) {
        add(cursor, false);
        if (cursor.lower() < -threshold) {
          if (cursor.count() != 0) {
            threshold = -cursor.lower();
            return true;
          }
          return false;
        }
      }
      return false;
    }

    private void add(BucketCursor cursor, boolean positive) {
      add(cursor.count());
      if (compensation != null) {
        Buckets lows = positive ? compensation.positive() : compensation.negative();
        add(lows.counts()[cursor.position()]);
      }
    }

    private void add(double increment) {
      low = Kahan.compensation(increment, count, low);
      count += increment;
    }
  }
}
