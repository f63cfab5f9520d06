package dev.tocsin.deliver.send;

/// How samples wait and leave, in the words of Prometheus's `queue_config`.
///
/// @param capacity samples that wait in one shard; beyond it no more are read from the journal
/// @param minShards requests under way at once, at least
/// @param maxShards the same at most, when it falls behind
/// @param samplesPerSend samples in one request, at most
/// @param deadlineMs how long a sample waits for others
/// @param minBackoffMs the wait after the first failure; it doubles
/// @param maxBackoffMs the longest wait, unless the receiver asks for a longer one
/// @param retryOn429 whether "too many requests" means again later; else the samples are dropped
/// @param sampleAgeMsMax older samples are dropped; 0: none are
public record QueueConfig(
    int capacity,
    int minShards,
    int maxShards,
    int samplesPerSend,
    long deadlineMs,
    long minBackoffMs,
    long maxBackoffMs,
    boolean retryOn429,
    long sampleAgeMsMax) {
  /// Prometheus's, but for two: it has up to 50 shards, and drops what is answered 429.
  public static final QueueConfig DEFAULT =
      new QueueConfig(10_000, 1, 8, 2_000, 5_000, 30, 5_000, true, 0);

  /// Shards that may be asked for.
  public static final int SHARDS_MAX = 200;

  /// Samples in one shard or one request that may be asked for.
  public static final int SAMPLES_MAX = 100_000;
}
