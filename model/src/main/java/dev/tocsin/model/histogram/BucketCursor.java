package dev.tocsin.model.histogram;

/// A walk over all buckets of a histogram: of one sign, or the negative ones, the zero bucket
/// (where it has observations) and the positive ones, in either direction. A bucket that overlaps
/// the zero bucket ends at it when all are walked.
final class BucketCursor {
  private enum Stage {
    FIRST_SIDE,
    ZERO_BUCKET,
    SECOND_SIDE
  }

  private final FloatHistogram histogram;
  private final boolean firstPositive;
  private final SpanCursor first;
  private final SpanCursor second;
  private final boolean clipped;
  private Stage stage = Stage.FIRST_SIDE;
  private double lower;
  private double upper;
  private boolean lowerInclusive;
  private boolean upperInclusive;
  private double count;
  private int position;

  private BucketCursor(
      FloatHistogram histogram,
      boolean firstPositive,
      SpanCursor first,
      SpanCursor second,
      boolean clipped) {
    this.histogram = histogram;
    this.firstPositive = firstPositive;
    this.first = first;
    this.second = second;
    this.clipped = clipped;
  }

  /// All buckets from the lowest bound on.
  static BucketCursor ascending(FloatHistogram histogram) {
    return new BucketCursor(
        histogram,
        false,
        SpanCursor.down(histogram.negative()),
        SpanCursor.up(histogram.positive()),
        true);
  }

  /// All buckets from the highest bound on.
  static BucketCursor descending(FloatHistogram histogram) {
    return new BucketCursor(
        histogram,
        true,
        SpanCursor.down(histogram.positive()),
        SpanCursor.up(histogram.negative()),
        true);
  }

  /// The buckets of one sign, from zero outwards, with their own bounds.
  static BucketCursor outwards(FloatHistogram histogram, boolean positive) {
    BucketCursor cursor =
        new BucketCursor(
            histogram,
            !positive,
            SpanCursor.up(Buckets.NONE),
            SpanCursor.up(positive ? histogram.positive() : histogram.negative()),
            false);
    cursor.stage = Stage.SECOND_SIDE;
    return cursor;
  }

  boolean next() {
    if (stage == Stage.FIRST_SIDE) {
      if (first.next()) {
        take(first, firstPositive);
        return true;
      }
      stage = Stage.ZERO_BUCKET;
    }
    if (stage == Stage.ZERO_BUCKET) {
      stage = Stage.SECOND_SIDE;
      if (histogram.zeroCount() > 0) {
        takeZeroBucket();
        return true;
      }
    }
    if (second.next()) {
      take(second, !firstPositive);
      return true;
    }
    return false;
  }

  private void takeZeroBucket() {
    lower = -histogram.zeroThreshold();
    upper = histogram.zeroThreshold();
    lowerInclusive = true;
    upperInclusive = true;
    count = histogram.zeroCount();
  }

  private void take(SpanCursor cursor, boolean positive) {
    int index = cursor.index();
    if (positive) {
      upper = Bounds.upper(histogram, index);
      lower = Bounds.upper(histogram, index - 1);
    } else {
      lower = -Bounds.upper(histogram, index);
      upper = -Bounds.upper(histogram, index - 1);
    }
    if (histogram.usesCustomBounds()) {
      lowerInclusive = index == 0;
      upperInclusive = true;
    } else {
      lowerInclusive = lower < 0;
      upperInclusive = upper > 0;
    }
    count = cursor.count();
    position = cursor.position();
    if (clipped) {
      clip(histogram.zeroThreshold());
    }
  }

  private void clip(double threshold) {
    if (upper < 0 && upper > -threshold) {
      upper = -threshold;
    } else if (lower > 0 && lower < threshold) {
      lower = threshold;
    }
  }

  double lower() {
    return lower;
  }

  double upper() {
    return upper;
  }

  boolean lowerInclusive() {
    return lowerInclusive;
  }

  boolean upperInclusive() {
    return upperInclusive;
  }

  double count() {
    return count;
  }

  /// Where the bucket's count is among those of its sign.
  int position() {
    return position;
  }

  Bucket bucket() {
    return new Bucket(lower, upper, lowerInclusive, upperInclusive, count);
  }
}
