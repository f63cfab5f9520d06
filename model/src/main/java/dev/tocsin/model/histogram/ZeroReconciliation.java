package dev.tocsin.model.histogram;

/// Two histograms that are to be added, with zero buckets of one width: the first one changed as
/// needed, of the other only what its zero bucket would count.
///
/// @param first the first histogram, and its compensation where it is a compensated sum
record ZeroReconciliation(CompensatedHistogram first, double otherCount, double otherCompensation) {
  static ZeroReconciliation of(CompensatedHistogram sum, FloatHistogram other) {
    CompensatedHistogram first = sum;
    double otherCount = other.zeroCount();
    double otherThreshold = other.zeroThreshold();
    double otherCompensation = 0;
    // Not a number: never equal, so do not wait for it.
    while (otherThreshold > first.threshold() || otherThreshold < first.threshold()) {
      if (first.threshold() > otherThreshold) {
        ZeroBucket wider = ZeroBucket.widened(other, null, first.threshold());
        otherCount = wider.count();
        otherThreshold = wider.threshold();
        otherCompensation = wider.compensation();
      }
      if (otherThreshold > first.threshold()) {
        first = first.withZeroThreshold(otherThreshold);
      }
    }
    return new ZeroReconciliation(first, otherCount, otherCompensation);
  }
}
