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
    for (int i = first + 1; i < window.count(); i++) {
      if (window.value(i) < window.value(i - 1)) {
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
      double value = window.value(i);
      double before = window.value(i - 1);
      if (value != before && !(Double.isNaN(value) && Double.isNaN(before))) {
        changes++;
      }
    }
    return changes;
  }

  /// Where to begin: `anchored` with the last sample at or before the start; -1 where there is none
  /// after the start.
  private static int first(Window window) {
    if (window.mode() != WindowMode.ANCHORED) {
      return 0;
    }
    int before = window.countUpTo(window.startMs());
    return before == window.count() ? -1 : Math.max(0, before - 1);
  }
}
