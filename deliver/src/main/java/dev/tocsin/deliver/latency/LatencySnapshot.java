package dev.tocsin.deliver.latency;

/// A histogram at one moment.
///
/// @param counts by bucket, as [LogHistogram] lays them out
public record LatencySnapshot(long[] counts, long sumNanos, long maxNanos) {
  public long count() {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  /// The duration in nanoseconds that a share of all, 0 to 1, does not exceed (to about 3 %,
  /// rounded up); 0 where nothing was counted.
  public long quantileNanos(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * count()));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return Math.min(LogHistogram.upperNanos(i), maxNanos);
      }
    }
    return 0;
  }

  /// How many took at most so long (the bucket that holds the bound counts whole): the `le` buckets
  /// of /metrics.
  public long atMost(long nanos) {
    long seen = 0;
    for (int i = 0; i <= LogHistogram.bucket(nanos); i++) {
      seen += counts[i];
    }
    return seen;
  }
}
