package dev.tocsin.collect.otlp;

/// What the points of all kinds share.
final class Points {
  /// "No recorded value": the series has ended, or is not known now.
  private static final long NO_RECORDED_VALUE = 1;

  private Points() {}

  static boolean isStale(long flags) {
    return (flags & NO_RECORDED_VALUE) != 0;
  }

  static long timeMs(long timeNanos) {
    return timeNanos / 1_000_000;
  }

  /// A count of 64 bits without a sign.
  static double unsigned(long number) {
    if (number >= 0) {
      return number;
    }
    // Halved, with the lost bit kept for the rounding.
    return (double) ((number >>> 1) | (number & 1)) * 2;
  }
}
