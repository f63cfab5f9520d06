package dev.tocsin.promql.eval.window;

import dev.tocsin.promql.ast.Expr.WindowMode;

/// rate, increase, delta and their instant forms. The order of the steps is part of the result:
/// half an interval first, then the zero point of a counter, then the end. Source: Prometheus 3.14,
/// extrapolatedRate.
final class Rates {
  private Rates() {}

  static double rate(Window window, double[] scalars) {
    return of(window, true, true);
  }

  static double increase(Window window, double[] scalars) {
    return of(window, true, false);
  }

  static double delta(Window window, double[] scalars) {
    return of(window, false, false);
  }

  private static double of(Window window, boolean counter, boolean perSecond) {
    if (window.mode() != WindowMode.PLAIN) {
      return ExtendedRates.of(window, counter, perSecond);
    }
    int intervals = window.count() - 1;
    if (intervals < 1) {
      return WindowFunction.NONE;
    }
    double raw = counter ? increaseOf(window) : window.last() - window.value(0);
    double sampled = (double) (window.timeMs(intervals) - window.timeMs(0)) / 1000;
    double average = sampled / intervals;
    double threshold = average * 1.1;

    double toStart = (double) (window.timeMs(0) - window.startMs()) / 1000;
    if (toStart >= threshold) {
      toStart = average / 2;
    }
    if (counter) {
      // A counter was never below zero: do not extrapolate to before it was zero.
      double first = window.value(0);
      double toZero = raw > 0 && first >= 0 ? sampled * (first / raw) : toStart;
      if (toZero < toStart) {
        toStart = toZero;
      }
    }
    double toEnd = (double) (window.endMs() - window.timeMs(intervals)) / 1000;
    if (toEnd >= threshold) {
      toEnd = average / 2;
    }
    double factor = sampled == 0 ? 1 : (sampled + toStart + toEnd) / sampled;
    return raw * (perSecond ? factor / window.rangeSeconds() : factor);
  }

  /// The last value less the first, plus what was lost at each reset.
  private static double increaseOf(Window window) {
    double increase = window.last() - window.value(0);
    double before = window.value(0);
    for (int i = 1; i < window.count(); i++) {
      double value = window.value(i);
      if (value < before) {
        increase += before;
      }
      before = value;
    }
    return increase;
  }

  static double irate(Window window, double[] scalars) {
    return ofLastTwo(window, true);
  }

  static double idelta(Window window, double[] scalars) {
    return ofLastTwo(window, false);
  }

  private static double ofLastTwo(Window window, boolean counter) {
    int last = window.count() - 1;
    if (last < 1) {
      return WindowFunction.NONE;
    }
    long intervalMs = window.timeMs(last) - window.timeMs(last - 1);
    if (intervalMs == 0) {
      return WindowFunction.NONE;
    }
    double value = window.value(last);
    double before = window.value(last - 1);
    if (!counter) {
      return value - before;
    }
    double increase = value < before ? value : value - before;
    return increase / ((double) intervalMs / 1000);
  }
}
