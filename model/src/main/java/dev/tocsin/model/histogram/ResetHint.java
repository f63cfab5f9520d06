package dev.tocsin.model.histogram;

/// What is known of a counter reset between a native histogram and the one before it in its series.
public enum ResetHint {
  UNKNOWN,
  RESET,
  NOT_RESET,
  /// No counter at all.
  GAUGE
}
