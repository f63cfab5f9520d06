package dev.tocsin.model.histogram;

/// A running mean of histograms that keeps its rounding errors: what `avg` and `avg_over_time`
/// make. It is the sum divided by the number at the end, unless the sum overflows: from then on the
/// mean itself is kept. Not thread-safe.
public final class HistogramMean {
  private CompensatedHistogram total;
  private double number = 1;
  private boolean incremental;

  public HistogramMean(FloatHistogram first) {
    total = new CompensatedHistogram(first, null);
  }

  /// Takes in a histogram. Throws [IncompatibleHistogramsException] where one has custom bounds and
  /// the other has not; there is no mean then.
  ///
  /// @return what had to be done; the result in it is a running value of no meaning of its own
  public HistogramAddition add(FloatHistogram other) {
    number++;
    if (!incremental) {
      KahanAddition addition = KahanAddition.of(total, other);
      if (!addition.value().sum().hasOverflow()) {
        return take(addition);
      }
      incremental = true;
      total = total.dividedBy(number - 1);
    }
    CompensatedHistogram before = total.times((number - 1) / number);
    return take(KahanAddition.of(before, other.dividedBy(number)));
  }

  private HistogramAddition take(KahanAddition addition) {
    total = addition.value();
    return new HistogramAddition(
        total.sum(), addition.resetCollision(), addition.boundsReconciled());
  }

  /// The mean with the rounding errors added; not compacted.
  public FloatHistogram value() {
    return incremental ? total.value() : total.dividedBy(number).value();
  }
}
