package dev.tocsin.promql.eval.number;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.HistogramMean;
import dev.tocsin.model.histogram.HistogramSum;
import dev.tocsin.model.histogram.ResetHint;
import org.jspecify.annotations.Nullable;

/// The sum or the mean of histograms, and whether what is known of their resets goes together.
public final class HistogramFold {
  private final @Nullable HistogramSum sum;
  private final @Nullable HistogramMean mean;
  private boolean resetSeen;
  private boolean notResetSeen;

  private HistogramFold(@Nullable HistogramSum sum, @Nullable HistogramMean mean) {
    this.sum = sum;
    this.mean = mean;
  }

  /// Starts with a first one.
  public static HistogramFold of(boolean mean, FloatHistogram first) {
    HistogramFold fold =
        mean
            ? new HistogramFold(null, new HistogramMean(first))
            : new HistogramFold(new HistogramSum(first), null);
    fold.see(first);
    return fold;
  }

  private void see(FloatHistogram histogram) {
    resetSeen |= histogram.resetHint() == ResetHint.RESET;
    notResetSeen |= histogram.resetHint() == ResetHint.NOT_RESET;
  }

  /// Returns whether custom bounds had to be reconciled. Throws
  /// [dev.tocsin.model.histogram.IncompatibleHistogramsException].
  public boolean add(FloatHistogram histogram) {
    see(histogram);
    if (sum != null) {
      return sum.add(histogram).boundsReconciled();
    }
    return mean != null && mean.add(histogram).boundsReconciled();
  }

  /// Whether some were known to be reset and others known not to be.
  public boolean resetCollision() {
    return resetSeen && notResetSeen;
  }

  /// Not compacted.
  public FloatHistogram result() {
    if (sum != null) {
      return sum.value();
    }
    if (mean != null) {
      return mean.value();
    }
    throw new IllegalStateException("neither sum nor mean");
  }
}
