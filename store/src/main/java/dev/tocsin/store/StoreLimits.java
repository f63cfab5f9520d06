package dev.tocsin.store;

import dev.tocsin.model.limit.Limits;

/// How much a store may hold. Beyond `seriesMax` new series are refused, and counted; beyond
/// `historyBytesMax` of compressed samples the oldest block (256 KiB, of all series) is dropped.
/// With less than one block of history only the raw windows are kept.
public record StoreLimits(int seriesMax, long historyBytesMax) {
  public StoreLimits {
    if (seriesMax < 1 || seriesMax > Limits.SERIES_MAX) {
      throw new IllegalArgumentException(
          "seriesMax is " + seriesMax + ", 1 to " + Limits.SERIES_MAX + " expected");
    }
    if (historyBytesMax < 0) {
      throw new IllegalArgumentException("historyBytesMax is negative: " + historyBytesMax);
    }
  }
}
