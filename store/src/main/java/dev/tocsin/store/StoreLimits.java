package dev.tocsin.store;

import dev.tocsin.model.limit.Limits;

/// How much a store may hold. Beyond `seriesMax` new series are refused, and counted; beyond
/// `historyBytesMax` of compressed samples the oldest block (256 KiB, of all series) is dropped.
/// With less than one block of history only the raw windows are kept.
///
/// @param windowBytesMax of all raw windows together: the more series, the smaller each, down to 8
///   samples; beyond that they take more
public record StoreLimits(int seriesMax, long historyBytesMax, long windowBytesMax) {
  /// Bytes of raw windows where nothing is said: up to 6144 series have windows of 128 samples (32
  /// minutes at 15 s), up to 12,288 of 64, up to 24,576 of 32, up to 49,152 of 16.
  public static final long WINDOW_BYTES = 12L << 20;

  public StoreLimits {
    if (seriesMax < 1 || seriesMax > Limits.SERIES_MAX) {
      throw new IllegalArgumentException(
          "seriesMax is " + seriesMax + ", 1 to " + Limits.SERIES_MAX + " expected");
    }
    if (historyBytesMax < 0) {
      throw new IllegalArgumentException("historyBytesMax is negative: " + historyBytesMax);
    }
    if (windowBytesMax < 0) {
      throw new IllegalArgumentException("windowBytesMax is negative: " + windowBytesMax);
    }
  }

  public StoreLimits(int seriesMax, long historyBytesMax) {
    this(seriesMax, historyBytesMax, WINDOW_BYTES);
  }
}
