package dev.tocsin.promql.eval;

/// The times at which something is evaluated: `startMs`, then every `stepMs`, up to `endMs`; Unix
/// milliseconds. Empty where the end is before the start.
record Timeline(long startMs, long endMs, long stepMs) {
  static Timeline at(long timeMs) {
    return new Timeline(timeMs, timeMs, 1);
  }

  boolean isRange() {
    return startMs != endMs;
  }

  /// Only the start.
  Timeline first() {
    return at(startMs);
  }

  /// The last time evaluated.
  long lastMs() {
    return endMs < startMs ? startMs : startMs + (endMs - startMs) / stepMs * stepMs;
  }
}
