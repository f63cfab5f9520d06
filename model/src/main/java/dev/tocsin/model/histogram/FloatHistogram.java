package dev.tocsin.model.histogram;

import java.util.ArrayList;
import java.util.List;

/// A native histogram with float counts; never changes. Schemas -4 to 8 have bucket bounds at the
/// powers of `2^(2^-schema)`; schema -53 has bounds of its own. A stale marker among histograms is
/// one whose sum is the stale marker.
///
/// What comes from outside is to be checked with [#validate()] once. On a histogram that is not
/// valid no method fails or works longer than its arrays are, but what comes out means nothing.
///
/// Source: Prometheus's specification of native histograms; sums, estimates and texts are those of
/// Prometheus 3.14, to the last bit.
///
/// @param zeroThreshold observations within `[-zeroThreshold, zeroThreshold]` are in the zero
///   bucket
/// @param customBounds the upper bounds, ascending, without +Inf; empty but for schema -53. Read
///   only.
public record FloatHistogram(
    ResetHint resetHint,
    int schema,
    double zeroThreshold,
    double zeroCount,
    double count,
    double sum,
    Buckets positive,
    Buckets negative,
    double[] customBounds) {
  /// The schema of histograms whose bounds are given.
  public static final int CUSTOM_BOUNDS = -53;

  /// The most buckets a histogram has, of both signs together, and the most custom bounds. More is
  /// not valid.
  public static final int BUCKETS_MAX = 10_000;

  static final long STALE_BITS = 0x7ff0000000000002L;

  public boolean usesCustomBounds() {
    return schema == CUSTOM_BOUNDS;
  }

  public FloatHistogram withHint(ResetHint hint) {
    return hint == resetHint
        ? this
        : new FloatHistogram(
            hint, schema, zeroThreshold, zeroCount, count, sum, positive, negative, customBounds);
  }

  public FloatHistogram withSum(double newSum) {
    return new FloatHistogram(
        resetHint,
        schema,
        zeroThreshold,
        zeroCount,
        count,
        newSum,
        positive,
        negative,
        customBounds);
  }

  private FloatHistogram withBuckets(Buckets newPositive, Buckets newNegative) {
    return new FloatHistogram(
        resetHint,
        schema,
        zeroThreshold,
        zeroCount,
        count,
        sum,
        newPositive,
        newNegative,
        customBounds);
  }

  /// The same observations in a coarser schema; nothing is known of a reset then. Throws
  /// `IllegalArgumentException` for a finer one, and where custom bounds are involved.
  public FloatHistogram toSchema(int target) {
    if (target == schema) {
      return this;
    }
    if (usesCustomBounds()) {
      throw new IllegalArgumentException(
          "cannot reduce resolution to " + target + " when there are custom buckets");
    }
    if (target == CUSTOM_BOUNDS) {
      throw new IllegalArgumentException("cannot reduce resolution to custom buckets schema");
    }
    if (target > schema) {
      throw new IllegalArgumentException("cannot copy from schema " + schema + " to " + target);
    }
    return new FloatHistogram(
        ResetHint.UNKNOWN,
        target,
        zeroThreshold,
        zeroCount,
        count,
        sum,
        IndexedBuckets.of(positive).coarser(schema - target).toBuckets(),
        IndexedBuckets.of(negative).coarser(schema - target).toBuckets(),
        customBounds);
  }

  /// All counts and the sum times `factor`; a gauge where that is negative.
  public FloatHistogram times(double factor) {
    return new FloatHistogram(
        factor < 0 ? ResetHint.GAUGE : resetHint,
        schema,
        zeroThreshold,
        zeroCount * factor,
        count * factor,
        sum * factor,
        positive.times(factor),
        negative.times(factor),
        customBounds);
  }

  /// All counts and the sum divided by `divisor`; a gauge where that is negative, without buckets
  /// where it is zero.
  public FloatHistogram dividedBy(double divisor) {
    return new FloatHistogram(
        divisor < 0 ? ResetHint.GAUGE : resetHint,
        schema,
        zeroThreshold,
        zeroCount / divisor,
        count / divisor,
        sum / divisor,
        divisor == 0 ? Buckets.NONE : positive.dividedBy(divisor),
        divisor == 0 ? Buckets.NONE : negative.dividedBy(divisor),
        customBounds);
  }

  /// The sum, in the coarser schema and with the wider zero bucket of the two. Throws
  /// [IncompatibleHistogramsException] where one has custom bounds and the other has not.
  public HistogramAddition plus(FloatHistogram other) {
    return Addition.of(this, other, false);
  }

  /// The difference; otherwise as [#plus]. The operator `-` says of the result that it is a gauge,
  /// this does not.
  public HistogramAddition minus(FloatHistogram other) {
    return Addition.of(this, other, true);
  }

  /// Without empty buckets, but where no more than `emptyBucketsMax` of them are between two
  /// others.
  public FloatHistogram compact(int emptyBucketsMax) {
    if (Compaction.isDone(positive, emptyBucketsMax)
        && Compaction.isDone(negative, emptyBucketsMax)) {
      return this;
    }
    return withBuckets(
        Compaction.of(positive, emptyBucketsMax), Compaction.of(negative, emptyBucketsMax));
  }

  /// Whether a counter was reset between `previous` and this, which comes after it: as the hint
  /// says, else whether any count is less than before.
  public boolean isResetOf(FloatHistogram previous) {
    return ResetDetection.isReset(this, previous);
  }

  /// Without what is above `bound`, estimated where that is within a bucket.
  public FloatHistogram trimUpper(double bound) {
    return Trimming.of(this, bound, true);
  }

  /// Without what is below `bound`, estimated where that is within a bucket.
  public FloatHistogram trimLower(double bound) {
    return Trimming.of(this, bound, false);
  }

  public boolean isStaleMarker() {
    return Double.doubleToRawLongBits(sum) == STALE_BITS;
  }

  /// Whether a count or the sum is infinite.
  public boolean hasOverflow() {
    if (Double.isInfinite(zeroCount) || Double.isInfinite(count) || Double.isInfinite(sum)) {
      return true;
    }
    for (double bound : customBounds) {
      if (Double.isInfinite(bound)) {
        return true;
      }
    }
    return positive.hasInfinity() || negative.hasInfinity();
  }

  /// Shows all buckets from the lowest up, the zero bucket where it has observations, empty ones
  /// too as far as they are there. One that overlaps the zero bucket ends at it.
  public void forEachBucket(BucketVisitor visitor) {
    visit(BucketCursor.ascending(this), visitor);
  }

  /// As [#forEachBucket], from the highest down.
  public void forEachBucketDescending(BucketVisitor visitor) {
    visit(BucketCursor.descending(this), visitor);
  }

  private static void visit(BucketCursor cursor, BucketVisitor visitor) {
    while (cursor.next()) {
      boolean goOn =
          visitor.visit(
              cursor.lower(),
              cursor.upper(),
              cursor.lowerInclusive(),
              cursor.upperInclusive(),
              cursor.count());
      if (!goOn) {
        return;
      }
    }
  }

  /// All buckets as [#forEachBucket] shows them.
  public List<Bucket> buckets() {
    List<Bucket> buckets = new ArrayList<>(positive.size() + negative.size() + 1);
    BucketCursor cursor = BucketCursor.ascending(this);
    while (cursor.next()) {
      buckets.add(cursor.bucket());
    }
    return buckets;
  }

  /// Throws [InvalidHistogramException] for a histogram that contradicts itself.
  public void validate() {
    HistogramCheck.all(this);
  }

  /// Equal to the last bit, except for the hint, which does not matter.
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof FloatHistogram that
            && schema == that.schema
            && sameBits(count, that.count)
            && sameBits(sum, that.sum)
            && zeroThreshold == that.zeroThreshold
            && sameBits(zeroCount, that.zeroCount)
            && (!usesCustomBounds() || CustomBounds.same(customBounds, that.customBounds))
            && negative.equals(that.negative)
            && positive.equals(that.positive));
  }

  private static boolean sameBits(double some, double other) {
    return Double.doubleToRawLongBits(some) == Double.doubleToRawLongBits(other);
  }

  @Override
  public int hashCode() {
    int hash = 31 * schema + Long.hashCode(Double.doubleToRawLongBits(count));
    hash = 31 * hash + Long.hashCode(Double.doubleToRawLongBits(sum));
    hash = 31 * hash + Long.hashCode(Double.doubleToRawLongBits(zeroCount));
    return 31 * (31 * hash + negative.hashCode()) + positive.hashCode();
  }

  /// As Prometheus writes it for people: `{count:3, sum:4.5, [-0.001,0.001]:1, (1,2]:2}`.
  @Override
  public String toString() {
    return HistogramText.text(this);
  }

  /// As rule tests write it: `{{schema:1 count:3 sum:4.5 buckets:[1 2]}}`.
  public String notation() {
    return HistogramText.notation(this);
  }
}
