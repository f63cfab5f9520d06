package dev.tocsin.promql.eval.window;

/// How what happened between the samples of a window is extended to the whole range. The order of
/// the steps is part of the result: half an interval first, then the zero point of a counter, then
/// the end. Source: Prometheus 3.14, extrapolatedRate.
final class Extrapolation {
  private Extrapolation() {}

  /// Whether the first sample began to count within the range: then it was zero at that time.
  static boolean startsWithin(Window window) {
    return window.hasStartTimes() && isWithin(window);
  }

  private static boolean isWithin(Window window) {
    long startMs = window.startTimeMs(0);
    return startMs != 0 && startMs > window.startMs() && startMs < window.timeMs(0);
  }

  /// By what the increase is multiplied.
  ///
  /// @param first the first value, or the count of the first histogram
  /// @param raw the increase
  static double factor(
      Window window, boolean counter, double first, double raw, boolean perSecond) {
    int intervals = window.count() - 1;
    double sampled = (double) (window.timeMs(intervals) - window.timeMs(0)) / 1000;
    double average = intervals > 0 ? sampled / intervals : 0;
    double threshold = average * 1.1;

    double toStart;
    if (counter && startsWithin(window)) {
      toStart = 0;
      sampled = (double) (window.timeMs(intervals) - window.startTimeMs(0)) / 1000;
    } else {
      toStart = (double) (window.timeMs(0) - window.startMs()) / 1000;
      if (toStart >= threshold) {
        toStart = average / 2;
      }
      if (counter) {
        // A counter was never below zero: do not extrapolate to before it was zero.
        double toZero = raw > 0 && first >= 0 ? sampled * (first / raw) : toStart;
        if (toZero < toStart) {
          toStart = toZero;
        }
      }
    }
    double toEnd = (double) (window.endMs() - window.timeMs(intervals)) / 1000;
    if (toEnd >= threshold) {
      toEnd = average / 2;
    }
    double factor = sampled == 0 ? 1 : (sampled + toStart + toEnd) / sampled;
    return perSecond ? factor / window.rangeSeconds() : factor;
  }
}
