package dev.tocsin.model.histogram;

/// A histogram without what is above or below a value. Within a bucket the observations are taken
/// to be spread as the estimates of quantiles take them; the sum is estimated anew from the middles
/// of the buckets.
final class Trimming {
  private final FloatHistogram histogram;
  private final double bound;
  private final boolean upper;
  private double count;
  private double sum;
  private boolean trimmed;
  private boolean hasPositive;
  private boolean hasNegative;
  private double middle;

  private Trimming(FloatHistogram histogram, double bound, boolean upper) {
    this.histogram = histogram;
    this.bound = bound;
    this.upper = upper;
  }

  /// Without what is above the bound where `upper`, else without what is below.
  static FloatHistogram of(FloatHistogram histogram, double bound, boolean upper) {
    return new Trimming(histogram, bound, upper).run();
  }

  private FloatHistogram run() {
    Buckets positive = side(histogram.positive(), true);
    Buckets negative = side(histogram.negative(), false);
    double zeroCount = histogram.zeroCount();
    if (zeroCount > 0) {
      zeroCount = zeroBucket();
      trimmed |= zeroCount != histogram.zeroCount();
      sum += middle * zeroCount;
      count += zeroCount;
    }
    if (!trimmed) {
      return histogram;
    }
    return new FloatHistogram(
        histogram.resetHint(),
        histogram.schema(),
        histogram.zeroThreshold(),
        zeroCount,
        count,
        sum,
        Compaction.of(positive, 0),
        Compaction.of(negative, 0),
        histogram.customBounds());
  }

  private Buckets side(Buckets buckets, boolean positive) {
    double[] counts = buckets.counts().clone();
    BucketCursor bucket = BucketCursor.outwards(histogram, positive);
    while (bucket.next()) {
      if (bucket.count() == 0) {
        continue;
      }
      hasPositive |= positive;
      hasNegative |= !positive;
      double kept = bucket(bucket, positive);
      if (kept != bucket.count()) {
        counts[bucket.position()] = kept;
        trimmed = true;
      }
    }
    return buckets.withCounts(counts);
  }

  /// How much of a bucket is kept; adds it up.
  private double bucket(BucketCursor bucket, boolean positive) {
    double kept;
    if (upper ? bucket.upper() <= bound : bucket.lower() >= bound) {
      kept = bucket.count();
      middle = middle(bucket.lower(), bucket.upper(), positive);
    } else if (upper ? bucket.lower() < bound : bucket.upper() > bound) {
      kept = part(bucket, positive);
    } else {
      return 0;
    }
    count += kept;
    sum += middle * kept;
    return kept;
  }

  /// How much of a bucket the bound is in is kept; sets the middle of it.
  private double part(BucketCursor bucket, boolean positive) {
    double low = bucket.lower();
    double high = bucket.upper();
    if (low == Double.NEGATIVE_INFINITY) {
      return upper ? belowInLowest(high, bucket.count()) : aboveInLowest(high, bucket.count());
    }
    if (high == Double.POSITIVE_INFINITY) {
      return inHighest(low, bucket.count());
    }
    double below = below(bucket);
    if (upper) {
      middle = middle(low, bound, positive);
      return below;
    }
    middle = middle(bound, high, positive);
    return bucket.count() - below;
  }

  private double below(BucketCursor bucket) {
    if (bound <= bucket.lower()) {
      return 0;
    }
    if (bound >= bucket.upper()) {
      return bucket.count();
    }
    return bucket.count()
        * Bucket.shareBelow(bucket.lower(), bucket.upper(), bound, histogram.usesCustomBounds());
  }

  /// Of a bucket without a lower bound nothing is known: with an upper bound above zero it is taken
  /// to begin at zero.
  private double belowInLowest(double high, double all) {
    if (bound >= high) {
      middle = 0;
      return all;
    }
    if (bound > 0 && high > 0 && high != Double.POSITIVE_INFINITY) {
      middle = bound / 2;
      return all * bound / high;
    }
    if (high <= 0) {
      middle = bound;
      return all;
    }
    middle = zeroIfInfinite(high);
    return 0;
  }

  private double aboveInLowest(double high, double all) {
    if (bound == Double.NEGATIVE_INFINITY) {
      middle = 0;
      return all;
    }
    if (bound >= 0 && high > bound && high != Double.POSITIVE_INFINITY) {
      middle = (bound + high) / 2;
      return all * (1 - bound / high);
    }
    middle = zeroIfInfinite(high);
    return 0;
  }

  private double inHighest(double low, double all) {
    if (!upper && bound >= low) {
      middle = bound;
      return all;
    }
    middle = zeroIfInfinite(low);
    return 0;
  }

  private static double zeroIfInfinite(double value) {
    return Double.isInfinite(value) ? 0 : value;
  }

  private double zeroBucket() {
    double low = hasPositive && !hasNegative ? 0 : -histogram.zeroThreshold();
    double high = hasNegative && !hasPositive ? 0 : histogram.zeroThreshold();
    double all = histogram.zeroCount();
    boolean nothing = upper ? bound <= low : !(bound <= low) && bound >= high;
    if (nothing) {
      middle = 0;
      return 0;
    }
    if (upper ? bound >= high : bound <= low) {
      middle = (low + high) / 2;
      return all;
    }
    middle = upper ? (low + bound) / 2 : (bound + high) / 2;
    return all * ((upper ? bound - low : high - bound) / (high - low));
  }

  private double middle(double low, double high, boolean positive) {
    if (Double.isInfinite(low)) {
      if (Double.isInfinite(high)) {
        return 0;
      }
      return high > 0 ? high / 2 : high;
    }
    if (Double.isInfinite(high)) {
      return low;
    }
    if (histogram.usesCustomBounds()) {
      return (low + high) / 2;
    }
    double geometric = Math.sqrt(Math.abs(low * high));
    return positive ? geometric : -geometric;
  }
}
