package dev.tocsin.model.histogram;

import dev.tocsin.model.histogram.HistogramEstimate.Note;

/// One estimate of the share of observations between two values in ascending order.
final class FractionEstimation {
  private final FloatHistogram histogram;
  private final Limit lowerLimit;
  private final Limit upperLimit;
  private final BucketCursor cursor;
  private double seen;
  private double rank;
  private double low;
  private double high;
  private boolean zeroBucket;

  FractionEstimation(double lower, double upper, FloatHistogram histogram) {
    this.histogram = histogram;
    this.lowerLimit = new Limit(lower);
    this.upperLimit = new Limit(upper);
    this.cursor = BucketCursor.ascending(histogram);
  }

  HistogramEstimate run() {
    while (cursor.next()) {
      seen += cursor.count();
      take();
      reach(lowerLimit);
      reach(upperLimit);
      if (lowerLimit.found && upperLimit.found) {
        break;
      }
      interpolate(lowerLimit);
      interpolate(upperLimit);
      if (lowerLimit.found && upperLimit.found) {
        break;
      }
      rank += cursor.count();
    }
    Note note = Note.NONE;
    if (Double.isNaN(histogram.sum())) {
      while (cursor.next()) {
        seen += cursor.count();
      }
      note = seen < histogram.count() ? Note.FRACTION_WITHOUT_NANS : Note.NONE;
    } else {
      seen = histogram.count();
    }
    double share = (upperLimit.rank(seen) - lowerLimit.rank(seen)) / histogram.count();
    return new HistogramEstimate(share, note);
  }

  /// With buckets on one side only, the zero bucket ends at zero on the other.
  private void take() {
    low = cursor.lower();
    high = cursor.upper();
    zeroBucket = low <= 0 && high >= 0;
    if (zeroBucket) {
      int positive = histogram.positive().size();
      int negative = histogram.negative().size();
      if (negative == 0 && positive > 0) {
        low = 0;
      } else if (positive == 0 && negative > 0) {
        high = 0;
      }
    }
  }

  /// A limit at or before the start of the bucket.
  private void reach(Limit limit) {
    if (!limit.found && low >= limit.value) {
      limit.set(rank);
    }
  }

  /// A limit within the bucket.
  private void interpolate(Limit limit) {
    if (!limit.found && low < limit.value && high > limit.value) {
      boolean linear = histogram.usesCustomBounds() || zeroBucket;
      // Within an infinite bucket nothing can be said.
      limit.set(
          linear && low == Double.NEGATIVE_INFINITY
              ? cursor.count()
              : rank + cursor.count() * Bucket.shareBelow(low, high, limit.value, linear));
    }
  }

  /// One of the two values, and how many observations are below it as soon as that is known.
  private static final class Limit {
    private final double value;
    private boolean found;
    private double rank;

    Limit(double value) {
      this.value = value;
    }

    void set(double newRank) {
      rank = newRank;
      found = true;
    }

    double rank(double max) {
      return !found || rank > max ? max : rank;
    }
  }
}
