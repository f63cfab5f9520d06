package dev.tocsin.promql.eval.window;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import org.jspecify.annotations.Nullable;

/// resets, changes, irate and idelta where there are histograms.
final class MixedPairs {
  private MixedPairs() {}

  /// A change of kind is a reset.
  static @Nullable Outcome resets(Window window, double[] scalars) {
    int first = Pairs.first(window);
    if (first < 0) {
      return null;
    }
    int resets = 0;
    for (int i = first + 1; i < window.count(); i++) {
      resets += isReset(window, i) ? 1 : 0;
    }
    return Outcome.of(resets);
  }

  private static boolean isReset(Window window, int index) {
    FloatHistogram before = window.histogram(index - 1);
    FloatHistogram now = window.histogram(index);
    boolean wasFloat = before == null;
    boolean isFloat = now == null;
    if (wasFloat != isFloat) {
      return true;
    }
    if (window.hasStartTimes() && StartTimes.isReset(window, index)) {
      return true;
    }
    if (before == null || now == null) {
      return window.value(index) < window.value(index - 1);
    }
    return now.isResetOf(before);
  }

  static @Nullable Outcome changes(Window window, double[] scalars) {
    int first = Pairs.first(window);
    if (first < 0) {
      return null;
    }
    int changes = 0;
    for (int i = first + 1; i < window.count(); i++) {
      changes += isChange(window, i) ? 1 : 0;
    }
    return Outcome.of(changes);
  }

  private static boolean isChange(Window window, int index) {
    FloatHistogram before = window.histogram(index - 1);
    FloatHistogram now = window.histogram(index);
    if (before != null && now != null) {
      return !now.equals(before);
    }
    return before != null
        || now != null
        || Pairs.isChange(window.value(index - 1), window.value(index));
  }

  static @Nullable Outcome irate(Window window, double[] scalars) {
    return ofLastTwo(window, true);
  }

  static @Nullable Outcome idelta(Window window, double[] scalars) {
    return ofLastTwo(window, false);
  }

  private static @Nullable Outcome ofLastTwo(Window window, boolean counter) {
    int last = window.count() - 1;
    if (last < 1) {
      return null;
    }
    long intervalMs = window.timeMs(last) - window.timeMs(last - 1);
    if (intervalMs == 0) {
      return null;
    }
    FloatHistogram before = window.histogram(last - 1);
    FloatHistogram now = window.histogram(last);
    if (before == null && now == null) {
      double[] none = {};
      double value = counter ? Rates.irate(window, none) : Rates.idelta(window, none);
      return Outcome.of(value);
    }
    Remarks remarks = window.remarks();
    if (before == null || now == null) {
      remarks.warn(RemarkTexts.mixedFloats(remarks.metric()));
      return null;
    }
    boolean gauges = before.resetHint() == ResetHint.GAUGE && now.resetHint() == ResetHint.GAUGE;
    boolean gauge = before.resetHint() == ResetHint.GAUGE || now.resetHint() == ResetHint.GAUGE;
    if (counter && gauge) {
      remarks.warn(RemarkTexts.notCounter(remarks.metric()));
    } else if (!counter && !gauges) {
      remarks.warn(RemarkTexts.notGauge(remarks.metric()));
    }
    boolean reset = counter && (StartTimes.isReset(window, last) || now.isResetOf(before));
    FloatHistogram change = reset ? now : HistogramSteps.difference(now, before, remarks);
    if (change == null) {
      return null;
    }
    FloatHistogram result = change.withHint(ResetHint.GAUGE).compact(0);
    return Outcome.of(counter ? result.dividedBy((double) intervalMs / 1000) : result);
  }
}
