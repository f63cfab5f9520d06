package dev.tocsin.promql.eval.window;

import dev.tocsin.model.histogram.IncompatibleHistogramsException;
import dev.tocsin.promql.eval.number.HistogramFold;
import dev.tocsin.promql.eval.window.RemarkTexts.Work;
import org.jspecify.annotations.Nullable;

/// The functions named `*_over_time` where there are histograms.
final class MixedOverTime {
  private MixedOverTime() {}

  static @Nullable Outcome sum(Window window, double[] scalars) {
    return fold(window, false);
  }

  static @Nullable Outcome avg(Window window, double[] scalars) {
    return fold(window, true);
  }

  private static @Nullable Outcome fold(Window window, boolean mean) {
    Remarks remarks = window.remarks();
    if (window.histogramCount() < window.count()) {
      remarks.warn(RemarkTexts.mixedFloats(remarks.metric()));
      return null;
    }
    HistogramFold fold = HistogramFold.of(mean, window.onlyHistogram(0));
    boolean reconciled = false;
    try {
      for (int i = 1; i < window.count(); i++) {
        reconciled |= fold.add(window.onlyHistogram(i));
      }
    } catch (IncompatibleHistogramsException _) {
      remarks.warn(RemarkTexts.mixedBounds(remarks.metric()));
      return null;
    }
    if (fold.resetCollision()) {
      remarks.warn(RemarkTexts.resetCollision(Work.AGGREGATION));
    }
    if (reconciled) {
      remarks.inform(RemarkTexts.boundsReconciled(Work.AGGREGATION));
    }
    return Outcome.of(fold.result());
  }

  static Outcome first(Window window, double[] scalars) {
    return new Outcome(window.value(0), window.histogram(0));
  }

  static Outcome last(Window window, double[] scalars) {
    return new Outcome(window.last(), window.histogram(window.count() - 1));
  }
}
