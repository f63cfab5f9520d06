package dev.tocsin.promql.eval.window;

/// What the start times of two samples in a row say about a counter. Source: Prometheus,
/// isStartTimestampReset and checkStartTimeOverlap.
final class StartTimes {
  private StartTimes() {}

  /// Whether the counter began anew between the sample before `index` and that at `index`.
  static boolean isReset(Window window, int index) {
    long startMs = window.startTimeMs(index);
    if (startMs == 0 || startMs >= window.timeMs(index)) {
      // Unknown, or not to be believed.
      return false;
    }
    long beforeMs = window.timeMs(index - 1);
    if (startMs != beforeMs) {
      return startMs > beforeMs;
    }
    // It starts where the one before was taken: deltas do, but also counters whose start is not
    // known; those have no start before either.
    long startBeforeMs = window.startTimeMs(index - 1);
    return startBeforeMs != 0 && startBeforeMs < beforeMs;
  }

  /// Whether the sample at `index` started before the one in front of it was taken, though not
  /// together with it.
  static boolean overlaps(Window window, int index) {
    long startMs = window.startTimeMs(index);
    return startMs != 0
        && startMs < window.timeMs(index - 1)
        && startMs != window.startTimeMs(index - 1);
  }

  /// Whether any sample does.
  static boolean overlap(Window window) {
    for (int i = 1; i < window.count(); i++) {
      if (overlaps(window, i)) {
        return true;
      }
    }
    return false;
  }
}
