package dev.tocsin.collect.otlp;

/// When `target_info` has samples: from the earliest to the latest point of the resource, so
/// densely that every query between finds one. Source: Prometheus, otlptranslator,
/// `addResourceTargetInfo`.
final class TargetInfo {
  /// Half of how far a query looks back.
  static final long INTERVAL_MS = 150_000;

  /// Samples of one resource in one request, which are an hour and more: a point from long ago
  /// would make any number of them. Beyond it those at the start are left out.
  static final int SAMPLES_MAX = 32;

  private TargetInfo() {}

  /// When the first one is.
  static long firstMs(long earliestMs, long latestMs) {
    long behindMs = (SAMPLES_MAX - 1) * INTERVAL_MS;
    return latestMs - behindMs > earliestMs ? latestMs - behindMs : earliestMs;
  }

  /// How many there are: every interval from the first on, and one at the end.
  static int count(long firstMs, long latestMs) {
    return 1 + (int) Math.ceilDiv(latestMs - firstMs, INTERVAL_MS);
  }

  static long timeMs(long firstMs, long latestMs, int i) {
    return Math.min(latestMs, firstMs + i * INTERVAL_MS);
  }
}
