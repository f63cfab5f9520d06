package dev.tocsin.promql.eval.window;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.HistogramAddition;
import dev.tocsin.model.histogram.IncompatibleHistogramsException;
import dev.tocsin.promql.eval.window.RemarkTexts.Work;
import org.jspecify.annotations.Nullable;

/// Sums and differences of the histograms of one series, with what is to be said about them.
public final class HistogramSteps {
  private HistogramSteps() {}

  /// Null where they do not go together.
  static @Nullable FloatHistogram sum(FloatHistogram a, FloatHistogram b, Remarks remarks) {
    try {
      HistogramAddition sum = a.plus(b);
      if (sum.boundsReconciled()) {
        remarks.inform(RemarkTexts.boundsReconciled(Work.ADDITION));
      }
      return sum.result();
    } catch (IncompatibleHistogramsException _) {
      remarks.warn(RemarkTexts.mixedBounds(remarks.metric()));
      return null;
    }
  }

  /// Null where they do not go together.
  static @Nullable FloatHistogram difference(FloatHistogram a, FloatHistogram b, Remarks remarks) {
    try {
      HistogramAddition difference = a.minus(b);
      if (difference.boundsReconciled()) {
        remarks.inform(RemarkTexts.boundsReconciled(Work.SUBTRACTION));
      }
      return difference.result();
    } catch (IncompatibleHistogramsException _) {
      remarks.warn(RemarkTexts.mixedBounds(remarks.metric()));
      return null;
    }
  }

  /// The histogram between two samples at `timeMs`, null where they do not go together. A counter
  /// that was reset started from zero.
  public static @Nullable FloatHistogram between(
      long time1Ms,
      FloatHistogram histogram1,
      long time2Ms,
      FloatHistogram histogram2,
      long timeMs,
      boolean counter,
      Remarks remarks) {
    if (timeMs == time1Ms) {
      return histogram1;
    }
    if (timeMs == time2Ms) {
      return histogram2;
    }
    double share = (double) (timeMs - time1Ms) / (double) (time2Ms - time1Ms);
    if (counter && histogram2.isResetOf(histogram1)) {
      return histogram2.times(share);
    }
    FloatHistogram change = difference(histogram2, histogram1, remarks);
    return change == null ? null : sum(change.times(share), histogram1, remarks);
  }
}
