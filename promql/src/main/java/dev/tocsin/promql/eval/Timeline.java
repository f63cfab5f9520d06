package dev.tocsin.promql.eval;

import java.util.function.LongConsumer;

/// The times at which something is evaluated: `startMs`, then every `stepMs`, up to `endMs`; Unix
/// milliseconds. Empty where the end is before the start.
record Timeline(long startMs, long endMs, long stepMs) {
  /// More than the HTTP API gives for one series: only subqueries have longer ones.
  private static final long COLUMN_STEPS_MAX = 20_000;

  static Timeline at(long timeMs) {
    return new Timeline(timeMs, timeMs, 1);
  }

  boolean isEmpty() {
    return endMs < startMs;
  }

  /// How many times there are.
  long steps() {
    return isEmpty() ? 0 : (endMs - startMs) / stepMs + 1;
  }

  /// Which step a time of it is, from 0.
  int stepOf(long timeMs) {
    return (int) ((timeMs - startMs) / stepMs);
  }

  /// Visits the times in order.
  void forEach(LongConsumer visit) {
    if (isEmpty()) {
      return;
    }
    long last = lastMs();
    long time = startMs;
    visit.accept(time);
    while (time != last) {
      time += stepMs;
      visit.accept(time);
    }
  }

  boolean isRange() {
    return startMs != endMs;
  }

  /// Whether a series is worth a column, a number for each step: there are several, and not so many
  /// that it would be larger than the samples.
  boolean suitsColumns() {
    return isRange() && steps() <= COLUMN_STEPS_MAX;
  }

  /// Only the start.
  Timeline first() {
    return at(startMs);
  }

  /// The last time evaluated.
  long lastMs() {
    return isEmpty() ? startMs : startMs + (endMs - startMs) / stepMs * stepMs;
  }
}
