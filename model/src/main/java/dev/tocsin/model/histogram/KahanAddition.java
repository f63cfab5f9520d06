package dev.tocsin.model.histogram;

/// A compensated sum after a histogram was added to it.
///
/// @param value the new sum
/// @param resetCollision see [HistogramAddition]
/// @param boundsReconciled see [HistogramAddition]
record KahanAddition(CompensatedHistogram value, boolean resetCollision, boolean boundsReconciled) {
  static KahanAddition of(CompensatedHistogram total, FloatHistogram other) {
    FloatHistogram sum = total.sum();
    if (sum.usesCustomBounds() != other.usesCustomBounds()) {
      throw new IncompatibleHistogramsException();
    }
    CompensatedHistogram before = new CompensatedHistogram(sum, total.lows());
    boolean collision = sum.resetHint().collidesWith(other.resetHint());
    if (!sum.usesCustomBounds()) {
      return new KahanAddition(exponential(before, other), collision, false);
    }
    boolean sameBounds = CustomBounds.same(sum.customBounds(), other.customBounds());
    CompensatedHistogram value = sameBounds ? custom(before, other) : intersected(before, other);
    return new KahanAddition(value, collision, !sameBounds);
  }

  private static CompensatedHistogram exponential(
      CompensatedHistogram before, FloatHistogram other) {
    ZeroReconciliation zero = ZeroReconciliation.of(before, other);
    CompensatedHistogram first = zero.first();
    Compensated zeroCount =
        new Compensated(first.sum().zeroCount(), first.lows().zeroCount())
            .plus(zero.otherCount())
            .plus(zero.otherCompensation());
    int schema = Math.min(first.sum().schema(), other.schema());
    return combined(
        first,
        other,
        schema,
        zeroCount,
        merged(first, other, true, schema),
        merged(first, other, false, schema),
        first.sum().customBounds());
  }

  private static CompensatedBuckets merged(
      CompensatedHistogram first, FloatHistogram other, boolean positive, int schema) {
    FloatHistogram sum = first.sum();
    CompensatedBuckets mine = first.buckets(positive);
    Buckets theirs = positive ? other.positive() : other.negative();
    if (sum.schema() == other.schema()
        && Addition.isDirect(mine.sums(), theirs, sum.zeroThreshold(), schema)) {
      return mine.plusSame(theirs);
    }
    IndexedBuckets coarse = mine.indexed().coarser(sum.schema() - schema);
    IndexedBuckets added = IndexedBuckets.of(theirs);
    if (other.schema() != schema) {
      added = added.compensated().coarser(other.schema() - schema);
    }
    return CompensatedBuckets.of(coarse.plus(added.above(sum.zeroThreshold(), schema), true));
  }

  private static CompensatedHistogram custom(CompensatedHistogram before, FloatHistogram other) {
    CompensatedBuckets mine = before.buckets(true);
    Buckets theirs = other.positive();
    CompensatedBuckets positive =
        Addition.isSame(mine.sums(), theirs)
            ? mine.plusSame(theirs)
            : CompensatedBuckets.of(mine.indexed().plus(IndexedBuckets.of(theirs), true));
    return custom(before, other, positive, before.sum().customBounds());
  }

  private static CompensatedHistogram intersected(
      CompensatedHistogram before, FloatHistogram other) {
    FloatHistogram sum = before.sum();
    double[] bounds = CustomBounds.intersection(sum.customBounds(), other.customBounds());
    BoundsMapping mapping = new BoundsMapping(bounds);
    CompensatedBuckets mine = before.buckets(true);
    mapping.add(mine.sums(), mine.compensations(), sum.customBounds(), false);
    mapping.add(other.positive(), IndexedBuckets.PLAIN, other.customBounds(), false);
    return custom(before, other, CompensatedBuckets.of(mapping.buckets()), bounds);
  }

  private static CompensatedHistogram custom(
      CompensatedHistogram before,
      FloatHistogram other,
      CompensatedBuckets positive,
      double[] bounds) {
    Compensated zeroCount = new Compensated(before.sum().zeroCount(), before.lows().zeroCount());
    return combined(
        before,
        other,
        FloatHistogram.CUSTOM_BOUNDS,
        zeroCount,
        positive,
        before.buckets(false),
        bounds);
  }

  private static CompensatedHistogram combined(
      CompensatedHistogram before,
      FloatHistogram other,
      int schema,
      Compensated zeroCount,
      CompensatedBuckets positive,
      CompensatedBuckets negative,
      double[] bounds) {
    FloatHistogram sum = before.sum();
    ResetHint hint = sum.resetHint().with(other.resetHint());
    Compensated count = new Compensated(sum.count(), before.lows().count()).plus(other.count());
    Compensated observations = new Compensated(sum.sum(), before.lows().sum()).plus(other.sum());
    double threshold = sum.zeroThreshold();
    return new CompensatedHistogram(
        new FloatHistogram(
            hint,
            schema,
            threshold,
            zeroCount.sum,
            count.sum,
            observations.sum,
            positive.sums(),
            negative.sums(),
            bounds),
        new FloatHistogram(
            hint,
            schema,
            threshold,
            zeroCount.compensation,
            count.compensation,
            observations.compensation,
            positive.lows(),
            negative.lows(),
            bounds));
  }

  /// One of the numbers of the sum.
  private record Compensated(double sum, double compensation) {
    Compensated plus(double increment) {
      return new Compensated(sum + increment, Kahan.compensation(increment, sum, compensation));
    }
  }
}
