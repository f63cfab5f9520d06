package dev.tocsin.model.histogram;

import org.jspecify.annotations.Nullable;

/// A sum of histograms and, where it is a compensated one, the rounding errors of all its numbers
/// as a histogram of the same buckets.
record CompensatedHistogram(FloatHistogram sum, @Nullable FloatHistogram compensation) {
  double threshold() {
    return sum.zeroThreshold();
  }

  /// With a zero bucket of at least this width.
  CompensatedHistogram withZeroThreshold(double threshold) {
    ZeroBucket wider = ZeroBucket.widened(sum, compensation, threshold);
    if (compensation == null) {
      return new CompensatedHistogram(wider.appliedTo(sum), null);
    }
    IndexedBuckets positive = wider.outside(sum, compensation, true);
    IndexedBuckets negative = wider.outside(sum, compensation, false);
    Buckets positiveSums = positive.toBuckets();
    Buckets negativeSums = negative.toBuckets();
    FloatHistogram newSum =
        new FloatHistogram(
            sum.resetHint(),
            sum.schema(),
            wider.threshold(),
            wider.count(),
            sum.count(),
            sum.sum(),
            positiveSums,
            negativeSums,
            sum.customBounds());
    FloatHistogram newCompensation =
        new FloatHistogram(
            compensation.resetHint(),
            sum.schema(),
            wider.threshold(),
            wider.compensation(),
            compensation.count(),
            compensation.sum(),
            positiveSums.withCounts(positive.compensations()),
            negativeSums.withCounts(negative.compensations()),
            sum.customBounds());
    return new CompensatedHistogram(newSum, newCompensation);
  }

  /// The sum with the rounding errors added.
  FloatHistogram value() {
    return compensation == null ? sum : sum.plus(compensation).result();
  }
}
