package dev.tocsin.promql.eval.window;

import dev.tocsin.promql.ast.Expr.WindowMode;

/// rate, increase and delta between the two ends of the range exactly: `anchored` takes the last
/// sample before each end, `smoothed` interpolates between the samples on both sides of it.
public final class ExtendedRates {
  private ExtendedRates() {}

  static double of(Window window, boolean counter, boolean perSecond) {
    boolean smoothed = window.mode() == WindowMode.SMOOTHED;
    int first = first(window);
    int last = last(window);
    boolean before = window.timeMs(last) <= window.startMs();
    if (before || (smoothed && window.timeMs(first) > window.endMs())) {
      return WindowFunction.NONE;
    }
    double left = left(window, first, counter);
    double right = right(window, last, counter);
    double result = right - left;
    if (counter) {
      int from = window.timeMs(first) <= window.startMs() ? first + 1 : first;
      int to = window.timeMs(last) >= window.endMs() ? last - 1 : last;
      result += lostAtResets(window, from, to, left, right);
    }
    return perSecond ? result / window.rangeSeconds() : result;
  }

  /// The last sample at or before the start, or the first there is.
  public static int first(Window window) {
    int last = window.count() - 1;
    return Math.max(0, Math.min(last, window.countUpTo(window.startMs())) - 1);
  }

  /// The last sample; smoothed: the first one at or after the end.
  public static int last(Window window) {
    int last = window.count() - 1;
    return window.mode() == WindowMode.SMOOTHED
        ? Math.min(last, window.countUpTo(window.endMs() - 1))
        : last;
  }

  /// The value at the start of the range.
  public static double left(Window window, int first, boolean counter) {
    boolean between =
        window.mode() == WindowMode.SMOOTHED && window.timeMs(first) < window.startMs();
    return between ? between(window, first, window.startMs(), counter) : window.value(first);
  }

  /// The value at the end of the range.
  public static double right(Window window, int last, boolean counter) {
    boolean between =
        window.mode() == WindowMode.SMOOTHED && last > 0 && window.timeMs(last) > window.endMs();
    return between ? between(window, last - 1, window.endMs(), counter) : window.value(last);
  }

  private static double between(Window window, int index, long timeMs, boolean counter) {
    return interpolated(
        window.timeMs(index),
        window.value(index),
        window.timeMs(index + 1),
        window.value(index + 1),
        timeMs,
        counter);
  }

  /// The value at `timeMs` on the line between two samples; a counter that fell started from zero.
  public static double interpolated(
      long time1Ms, double value1, long time2Ms, double value2, long timeMs, boolean counter) {
    double start = counter && value2 < value1 ? 0 : value1;
    return start + (value2 - start) * (double) (timeMs - time1Ms) / (double) (time2Ms - time1Ms);
  }

  private static double lostAtResets(Window window, int from, int to, double left, double right) {
    double lost = 0;
    double before = left;
    for (int i = from; i <= to; i++) {
      double value = window.value(i);
      if (value < before) {
        lost += before;
      }
      before = value;
    }
    return right < before ? lost + before : lost;
  }
}
