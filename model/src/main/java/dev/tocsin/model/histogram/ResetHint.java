package dev.tocsin.model.histogram;

/// What is known of a counter reset between a native histogram and the one before it in its series.
public enum ResetHint {
  UNKNOWN,
  RESET,
  NOT_RESET,
  /// No counter at all.
  GAUGE;

  /// The hint of the sum or difference of a histogram with this hint and one with `other`: a gauge
  /// where one is a gauge, else what both say, else unknown.
  ResetHint with(ResetHint other) {
    if (this == other) {
      return this;
    }
    return this == GAUGE || other == GAUGE ? GAUGE : UNKNOWN;
  }

  /// Whether one says reset and the other says not.
  boolean collidesWith(ResetHint other) {
    return (this == RESET && other == NOT_RESET) || (this == NOT_RESET && other == RESET);
  }
}
