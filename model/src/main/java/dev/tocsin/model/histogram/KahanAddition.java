package dev.tocsin.model.histogram;

import org.jspecify.annotations.Nullable;

/// Adds a histogram to a compensated sum.
///
/// @param value the new sum
/// @param resetCollision see [HistogramAddition]
/// @param boundsReconciled see [HistogramAddition]
record KahanAddition(CompensatedHistogram value, boolean resetCollision, boolean boundsReconciled) {
  static KahanAddition of(CompensatedHistogram before, FloatHistogram other) {
    FloatHistogram sum = before.sum();
    if (sum.usesCustomBounds() != other.usesCustomBounds()) {
      throw new IncompatibleHistogramsException();
    }
    ResetHint hint = sum.resetHint().with(other.resetHint());
    boolean collision = sum.resetHint().collidesWith(other.resetHint());
    FloatHistogram low = before.compensation();
    CompensatedHistogram start =
        new CompensatedHistogram(sum, low == null ? zeros(sum.withHint(hint)) : low);
    if (!sum.usesCustomBounds()) {
      return new KahanAddition(exponential(start, other, hint), collision, false);
    }
    boolean sameBounds = CustomBounds.same(sum.customBounds(), other.customBounds());
    IndexedBuckets mine = indexed(sum.positive(), start.compensation(), true);
    double[] bounds = sum.customBounds();
    IndexedBuckets positive;
    if (sameBounds) {
      positive = mine.plus(IndexedBuckets.of(other.positive()), true);
    } else {
      bounds = CustomBounds.intersection(sum.customBounds(), other.customBounds());
      BoundsMapping mapping = new BoundsMapping(bounds);
      mapping.add(sum.positive(), mine.compensations(), sum.customBounds(), false);
      mapping.add(other.positive(), IndexedBuckets.PLAIN, other.customBounds(), false);
      positive = mapping.buckets();
    }
    return new KahanAddition(custom(start, other, hint, positive, bounds), collision, !sameBounds);
  }

  private static CompensatedHistogram custom(
      CompensatedHistogram before,
      FloatHistogram other,
      ResetHint hint,
      IndexedBuckets positive,
      double[] bounds) {
    FloatHistogram sum = before.sum();
    IndexedBuckets negative = indexed(sum.negative(), before.compensation(), false);
    return combined(
        before,
        other,
        hint,
        sum.schema(),
        new Zero(sum.zeroCount(), 0),
        positive,
        negative,
        bounds);
  }

  private static CompensatedHistogram exponential(
      CompensatedHistogram before, FloatHistogram other, ResetHint hint) {
    ZeroReconciliation zero = ZeroReconciliation.of(before, other);
    CompensatedHistogram first = zero.first();
    FloatHistogram sum = first.sum();
    FloatHistogram low = first.compensation();
    Zero count =
        new Zero(sum.zeroCount(), low == null ? 0 : low.zeroCount())
            .plus(zero.otherCount())
            .plus(zero.otherCompensation());
    int schema = Math.min(sum.schema(), other.schema());
    return combined(
        first,
        other,
        hint,
        schema,
        count,
        merged(first, other, true, schema),
        merged(first, other, false, schema),
        sum.customBounds());
  }

  private static IndexedBuckets merged(
      CompensatedHistogram first, FloatHistogram other, boolean positive, int schema) {
    FloatHistogram sum = first.sum();
    IndexedBuckets mine =
        indexed(positive ? sum.positive() : sum.negative(), first.compensation(), positive)
            .coarser(sum.schema() - schema);
    IndexedBuckets theirs = IndexedBuckets.of(positive ? other.positive() : other.negative());
    if (other.schema() != schema) {
      theirs = theirs.compensated().coarser(other.schema() - schema);
    }
    return mine.plus(theirs.above(sum.zeroThreshold(), schema), true);
  }

  private static CompensatedHistogram combined(
      CompensatedHistogram before,
      FloatHistogram other,
      ResetHint hint,
      int schema,
      Zero zero,
      IndexedBuckets positive,
      IndexedBuckets negative,
      double[] bounds) {
    FloatHistogram sum = before.sum();
    FloatHistogram low = before.compensation();
    double countLow = low == null ? 0 : low.count();
    double sumLow = low == null ? 0 : low.sum();
    Buckets positiveSums = positive.toBuckets();
    Buckets negativeSums = negative.toBuckets();
    FloatHistogram newSum =
        new FloatHistogram(
            hint,
            schema,
            sum.zeroThreshold(),
            zero.count,
            sum.count() + other.count(),
            sum.sum() + other.sum(),
            positiveSums,
            negativeSums,
            bounds);
    FloatHistogram newLow =
        new FloatHistogram(
            low == null ? hint : low.resetHint(),
            schema,
            sum.zeroThreshold(),
            zero.compensation,
            Kahan.compensation(other.count(), sum.count(), countLow),
            Kahan.compensation(other.sum(), sum.sum(), sumLow),
            positiveSums.withCounts(positive.compensations()),
            negativeSums.withCounts(negative.compensations()),
            bounds);
    return new CompensatedHistogram(newSum, newLow);
  }

  private static IndexedBuckets indexed(
      Buckets buckets, @Nullable FloatHistogram low, boolean positive) {
    if (low == null) {
      return IndexedBuckets.of(buckets).compensated();
    }
    return IndexedBuckets.of(buckets, (positive ? low.positive() : low.negative()).counts());
  }

  /// A compensation of nothing for a sum.
  private static FloatHistogram zeros(FloatHistogram sum) {
    return new FloatHistogram(
        sum.resetHint(),
        sum.schema(),
        sum.zeroThreshold(),
        0,
        0,
        0,
        sum.positive().withCounts(new double[sum.positive().size()]),
        sum.negative().withCounts(new double[sum.negative().size()]),
        sum.customBounds());
  }

  /// The count of the zero bucket.
  private record Zero(double count, double compensation) {
    Zero plus(double increment) {
      return new Zero(count + increment, Kahan.compensation(increment, count, compensation));
    }
  }
}
