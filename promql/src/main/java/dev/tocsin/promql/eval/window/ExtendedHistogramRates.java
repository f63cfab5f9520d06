package dev.tocsin.promql.eval.window;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.promql.ast.Expr.WindowMode;
import org.jspecify.annotations.Nullable;

/// rate, increase and delta with `anchored` or `smoothed`, of histograms. Source: Prometheus 3.14,
/// extendedHistogramRate.
final class ExtendedHistogramRates {
  private final Window window;
  private final boolean counter;
  private final Remarks remarks;
  private final boolean smoothed;
  private final int first;
  private final int last;

  private ExtendedHistogramRates(Window window, boolean counter) {
    this.window = window;
    this.counter = counter;
    this.remarks = window.remarks();
    this.smoothed = window.mode() == WindowMode.SMOOTHED;
    this.first = ExtendedRates.first(window);
    this.last = ExtendedRates.last(window);
  }

  static @Nullable Outcome of(Window window, boolean counter, boolean perSecond) {
    FloatHistogram increase = new ExtendedHistogramRates(window, counter).increase();
    if (increase == null) {
      return null;
    }
    FloatHistogram result = perSecond ? increase.dividedBy(window.rangeSeconds()) : increase;
    return Outcome.of(result.withHint(ResetHint.GAUGE).compact(0));
  }

  private @Nullable FloatHistogram increase() {
    boolean before = window.timeMs(last) <= window.startMs();
    boolean after = smoothed && window.timeMs(first) > window.endMs();
    if (before || after || !areAlike()) {
      return null;
    }
    FloatHistogram left = left();
    FloatHistogram right = left == null ? null : right();
    if (left == null || right == null) {
      return null;
    }
    boolean gauges = left.resetHint() == ResetHint.GAUGE && right.resetHint() == ResetHint.GAUGE;
    if (!counter && !gauges) {
      remarks.warn(RemarkTexts.notGauge(remarks.metric()));
    }
    FloatHistogram increase = HistogramSteps.difference(right, left, remarks);
    return increase == null || !counter ? increase : withoutResets(increase, left, right);
  }

  /// Whether all histograms have bounds of the same kind.
  private boolean areAlike() {
    boolean custom = window.onlyHistogram(first).usesCustomBounds();
    for (int i = first; i <= last; i++) {
      FloatHistogram histogram = window.onlyHistogram(i);
      if (histogram.usesCustomBounds() != custom) {
        remarks.warn(RemarkTexts.mixedBounds(remarks.metric()));
        return false;
      }
      if (counter && histogram.resetHint() == ResetHint.GAUGE) {
        remarks.warn(RemarkTexts.notCounter(remarks.metric()));
      }
    }
    return true;
  }

  private @Nullable FloatHistogram left() {
    return smoothed && window.timeMs(first) < window.startMs()
        ? between(first, window.startMs())
        : window.onlyHistogram(first);
  }

  private @Nullable FloatHistogram right() {
    return smoothed && last > 0 && window.timeMs(last) > window.endMs()
        ? between(last - 1, window.endMs())
        : window.onlyHistogram(last);
  }

  private @Nullable FloatHistogram between(int index, long timeMs) {
    return HistogramSteps.between(
        window.timeMs(index),
        window.onlyHistogram(index),
        window.timeMs(index + 1),
        window.onlyHistogram(index + 1),
        timeMs,
        counter,
        remarks);
  }

  /// Adds what was lost at each reset between the two ends.
  private @Nullable FloatHistogram withoutResets(
      FloatHistogram increase, FloatHistogram left, FloatHistogram right) {
    int from = first + 1;
    FloatHistogram before = left;
    if (smoothed
        && window.timeMs(first) < window.startMs()
        && window.onlyHistogram(from).isResetOf(window.onlyHistogram(first))) {
      // The left end was interpolated across this reset: it is accounted for.
      before = window.onlyHistogram(from);
      from++;
    }
    if (from > last) {
      return increase;
    }
    FloatHistogram lost = null;
    for (int i = from; i <= last; i++) {
      // The last sample is represented by the right end.
      FloatHistogram now = i == last ? right : window.onlyHistogram(i);
      if (now.isResetOf(before)) {
        lost = lost == null ? before : HistogramSteps.sum(lost, before, remarks);
        if (lost == null) {
          return null;
        }
      }
      before = now;
    }
    return lost == null ? increase : HistogramSteps.sum(increase, lost, remarks);
  }
}
