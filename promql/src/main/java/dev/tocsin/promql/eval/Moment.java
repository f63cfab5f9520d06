package dev.tocsin.promql.eval;

/// When a selector or subquery looks, with everything resolved.
///
/// @param offsetMs how far back; may be negative
/// @param pinned whether it looks from `pinMs` instead of the time of the evaluation (`@`)
/// @param pinMs Unix milliseconds
record Moment(long offsetMs, boolean pinned, long pinMs) {
  /// The time looked at, evaluated at `timeMs`.
  long of(long timeMs) {
    return (pinned ? pinMs : timeMs) - offsetMs;
  }

  /// The earliest time looked at.
  long first(Timeline timeline) {
    return of(timeline.startMs());
  }

  /// The latest time looked at.
  long last(Timeline timeline) {
    return of(timeline.lastMs());
  }
}
