package dev.tocsin.model.histogram;

/// A running sum of histograms that keeps its rounding errors (Kahan's sum): what `sum` and
/// `sum_over_time` make. Not thread-safe.
public final class HistogramSum {
  private CompensatedHistogram total;

  public HistogramSum(FloatHistogram first) {
    total = new CompensatedHistogram(first, null);
  }

  /// Adds a histogram. Throws [IncompatibleHistogramsException] where one has custom bounds and the
  /// other has not; the sum is then as before.
  ///
  /// @return the sum without the rounding errors, and what had to be done
  public HistogramAddition add(FloatHistogram other) {
    KahanAddition addition = KahanAddition.of(total, other);
    total = addition.value();
    return new HistogramAddition(
        total.sum(), addition.resetCollision(), addition.boundsReconciled());
  }

  /// The sum with the rounding errors added; not compacted.
  public FloatHistogram value() {
    return total.value();
  }
}
