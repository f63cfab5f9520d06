package dev.tocsin.promql.eval.window;

import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.HistogramAddition;
import dev.tocsin.model.histogram.IncompatibleHistogramsException;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.promql.ast.Expr.WindowMode;
import dev.tocsin.promql.eval.window.RemarkTexts.Work;
import org.jspecify.annotations.Nullable;

/// rate, increase and delta where there are histograms. Source: Prometheus 3.14, extrapolatedRate
/// and histogramRate.
final class HistogramRates {
  private static final double[] NO_BOUNDS = {};

  private final Window window;
  private final boolean counter;
  private boolean gaugeMet;
  private boolean subtractionReconciled;
  private boolean additionReconciled;

  private HistogramRates(Window window, boolean counter) {
    this.window = window;
    this.counter = counter;
  }

  static @Nullable Outcome rate(Window window, double[] scalars) {
    return of(window, true, true);
  }

  static @Nullable Outcome increase(Window window, double[] scalars) {
    return of(window, true, false);
  }

  static @Nullable Outcome delta(Window window, double[] scalars) {
    return of(window, false, false);
  }

  private static @Nullable Outcome of(Window window, boolean counter, boolean perSecond) {
    if (window.histogramCount() < window.count()) {
      Remarks remarks = window.remarks();
      remarks.warn(RemarkTexts.mixedFloats(remarks.metric()));
      return null;
    }
    if (window.mode() != WindowMode.PLAIN) {
      return ExtendedHistogramRates.of(window, counter, perSecond);
    }
    boolean started = counter && Extrapolation.startsWithin(window);
    FloatHistogram first = window.onlyHistogram(0);
    FloatHistogram raw;
    if (window.count() > 1) {
      raw = new HistogramRates(window, counter).increase();
      if (started && raw != null) {
        raw = HistogramSteps.sum(raw, first, window.remarks());
      }
    } else {
      raw = started ? first : null;
    }
    if (raw == null) {
      return null;
    }
    double factor = Extrapolation.factor(window, counter, first.count(), raw.count(), perSecond);
    return Outcome.of(raw.times(factor));
  }

  /// From the first to the last sample; null where the histograms do not go together. What was to
  /// be said before that is then not said.
  private @Nullable FloatHistogram increase() {
    int last = window.count() - 1;
    FloatHistogram lastHistogram = window.onlyHistogram(last);
    noteGauge(window.onlyHistogram(0));
    noteGauge(lastHistogram);
    FloatHistogram first = firstThatCounts();
    boolean custom = first.usesCustomBounds();
    Remarks remarks = window.remarks();
    if (lastHistogram.usesCustomBounds() != custom) {
      remarkGauge();
      remarks.warn(RemarkTexts.mixedBounds(remarks.metric()));
      return null;
    }
    int schema = Math.min(lastHistogram.schema(), first.schema());
    for (int i = 1; counter && i < last; i++) {
      FloatHistogram histogram = window.onlyHistogram(i);
      noteGauge(histogram);
      schema = Math.min(schema, histogram.schema());
      if (histogram.usesCustomBounds() != custom) {
        remarks.warn(RemarkTexts.mixedBounds(remarks.metric()));
        return null;
      }
    }
    try {
      FloatHistogram increase = withoutResets(lastHistogram.toSchema(schema), first);
      remark();
      return increase.withHint(ResetHint.GAUGE).compact(0);
    } catch (IncompatibleHistogramsException _) {
      remarks.warn(RemarkTexts.mixedBounds(remarks.metric()));
      return null;
    }
  }

  private void noteGauge(FloatHistogram histogram) {
    gaugeMet |= histogram.resetHint() == ResetHint.GAUGE;
  }

  /// The first sample; nothing in the form of the second where the counter was reset between: then
  /// the first need not go together with the others.
  private FloatHistogram firstThatCounts() {
    FloatHistogram first = window.onlyHistogram(0);
    FloatHistogram second = window.onlyHistogram(1);
    boolean reset = counter && (StartTimes.isReset(window, 1) || second.isResetOf(first));
    return reset ? nothingLike(second) : first;
  }

  private static FloatHistogram nothingLike(FloatHistogram form) {
    return new FloatHistogram(
        ResetHint.UNKNOWN,
        form.schema(),
        0,
        0,
        0,
        0,
        Buckets.NONE,
        Buckets.NONE,
        form.usesCustomBounds() ? form.customBounds() : NO_BOUNDS);
  }

  private FloatHistogram withoutResets(FloatHistogram last, FloatHistogram first) {
    HistogramAddition difference = last.minus(first);
    subtractionReconciled = difference.boundsReconciled();
    FloatHistogram increase = difference.result();
    FloatHistogram before = first;
    for (int i = 1; counter && i < window.count(); i++) {
      FloatHistogram now = window.onlyHistogram(i);
      if (StartTimes.isReset(window, i) || now.isResetOf(before)) {
        HistogramAddition sum = increase.plus(before);
        additionReconciled |= sum.boundsReconciled();
        increase = sum.result();
      }
      before = now;
    }
    return increase;
  }

  private void remarkGauge() {
    if (counter && gaugeMet) {
      Remarks remarks = window.remarks();
      remarks.warn(RemarkTexts.notCounter(remarks.metric()));
    }
  }

  private void remark() {
    remarkGauge();
    Remarks remarks = window.remarks();
    if (subtractionReconciled) {
      remarks.inform(RemarkTexts.boundsReconciled(Work.SUBTRACTION));
    }
    if (additionReconciled) {
      remarks.inform(RemarkTexts.boundsReconciled(Work.ADDITION));
    }
    if (counter && StartTimes.overlap(window)) {
      remarks.startTimeOverlaps();
    }
    int last = window.count() - 1;
    boolean gauges =
        window.onlyHistogram(0).resetHint() == ResetHint.GAUGE
            && window.onlyHistogram(last).resetHint() == ResetHint.GAUGE;
    if (!counter && !gauges) {
      remarks.warn(RemarkTexts.notGauge(remarks.metric()));
    }
  }
}
