package dev.tocsin.model.histogram;

import org.jspecify.annotations.Nullable;

/// A sum of histograms and, where it is a compensated one, the rounding errors of all its numbers
/// as a histogram of the same buckets.
record CompensatedHistogram(FloatHistogram sum, @Nullable FloatHistogram compensation) {
  double threshold() {
    return sum.zeroThreshold();
  }

  /// The rounding errors: all zero before anything was added.
  FloatHistogram lows() {
    if (compensation != null) {
      return compensation;
    }
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

  CompensatedBuckets buckets(boolean positive) {
    FloatHistogram lows = lows();
    return positive
        ? new CompensatedBuckets(sum.positive(), lows.positive().counts())
        : new CompensatedBuckets(sum.negative(), lows.negative().counts());
  }

  /// With a zero bucket of at least this width.
  CompensatedHistogram withZeroThreshold(double threshold) {
    ZeroBucket wider = ZeroBucket.widened(sum, compensation, threshold);
    if (compensation == null) {
      return new CompensatedHistogram(wider.appliedTo(sum), null);
    }
    CompensatedBuckets positive = wider.outside(sum, buckets(true), true);
    CompensatedBuckets negative = wider.outside(sum, buckets(false), false);
    FloatHistogram newSum =
        new FloatHistogram(
            sum.resetHint(),
            sum.schema(),
            wider.threshold(),
            wider.count(),
            sum.count(),
            sum.sum(),
            positive.sums(),
            negative.sums(),
            sum.customBounds());
    FloatHistogram newCompensation =
        new FloatHistogram(
            sum.resetHint(),
            sum.schema(),
            wider.threshold(),
            wider.compensation(),
            compensation.count(),
            compensation.sum(),
            positive.lows(),
            negative.lows(),
            sum.customBounds());
    return new CompensatedHistogram(newSum, newCompensation);
  }

  CompensatedHistogram times(double factor) {
    return new CompensatedHistogram(
        sum.times(factor), compensation == null ? null : compensation.times(factor));
  }

  CompensatedHistogram dividedBy(double divisor) {
    return new CompensatedHistogram(
        sum.dividedBy(divisor), compensation == null ? null : compensation.dividedBy(divisor));
  }

  /// The sum with the rounding errors added.
  FloatHistogram value() {
    return compensation == null ? sum : sum.plus(compensation).result();
  }
}
