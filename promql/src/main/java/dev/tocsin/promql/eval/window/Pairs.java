package dev.tocsin.promql.eval.window;

import dev.tocsin.promql.ast.Expr.WindowMode;

/// resets and changes: how often a value differs from the one before.
final class Pairs {
  private Pairs() {}

  static double resets(Window window, double[] scalars) {
    int first = first(window);
    if (first < 0) {
      return WindowFunction.NONE;
    }
    int resets = 0;
    boolean startTimes = window.hasStartTimes();
    for (int i = first + 1; i < window.count(); i++) {
      boolean fell = window.value(i) < window.value(i - 1);
      if (fell || (startTimes && StartTimes.isReset(window, i))) {
        resets++;
      }
    }
    return resets;
  }

  static double changes(Window window, double[] scalars) {
    int first = first(window);
    if (first < 0) {
      return WindowFunction.NONE;
    }
    int changes = 0;
    for (int i = first + 1; i < window.count(); i++) {
      if (isChange(window.value(i - 1), window.value(i))) {
        changes++;
      }
    }
    return changes;
  }

  static boolean isChange(double before, double now) {
    return now != before && !(Double.isNaN(now) && Double.isNaN(before));
  }

  /// Where to begin: `anchored` with the last sample at or before the start; -1 where there is none
  /// after the start.
  static int first(Window window) {
    if (window.mode() != WindowMode.ANCHORED) {
      return 0;
    }
    int before = window.countUpTo(window.startMs());
    return before == window.count() ? -1 : Math.max(0, before - 1);
  }
}
