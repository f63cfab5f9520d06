package dev.tocsin.promql.eval.window;

import dev.tocsin.promql.ast.Expr.WindowMode;

/// rate, increase, delta and their instant forms, of floats. Source: Prometheus 3.14,
/// extrapolatedRate and instantValue.
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
    boolean started = counter && Extrapolation.startsWithin(window);
    if (window.count() < 2 && !started) {
      return WindowFunction.NONE;
    }
    double raw = counter ? increaseOf(window) : window.last() - window.value(0);
    if (started) {
      raw += window.value(0);
    }
    return raw * Extrapolation.factor(window, counter, window.value(0), raw, perSecond);
  }

  /// The last value less the first, plus what was lost at each reset.
  private static double increaseOf(Window window) {
    double increase = window.last() - window.value(0);
    double before = window.value(0);
    boolean startTimes = window.hasStartTimes();
    for (int i = 1; i < window.count(); i++) {
      double value = window.value(i);
      if (value < before || (startTimes && StartTimes.isReset(window, i))) {
        increase += before;
      }
      before = value;
    }
    if (startTimes && StartTimes.overlap(window)) {
      window.remarks().startTimeOverlaps();
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
    boolean reset = value < before || (window.hasStartTimes() && StartTimes.isReset(window, last));
    double increase = reset ? value : value - before;
    return increase / ((double) intervalMs / 1000);
  }
}
