package dev.tocsin.collect.series;

/// What came of one body.
public sealed interface WriteResult {
  /// Broken; nothing was written.
  record Malformed(String reason) implements WriteResult {}

  /// Too many bytes or samples; nothing was written.
  record TooLarge(String reason) implements WriteResult {}

  /// No room now; nothing was written.
  record Busy(long retryAfterMs, String reason) implements WriteResult {}

  /// The bodies of other requests take all the memory there is for them.
  static WriteResult crowded() {
    return new Busy(Answers.RETRY_MS, "too many requests are being read");
  }

  /// All that was not refused is sequenced.
  ///
  /// @param seq to wait for; 0 where nothing was left to write
  record Written(long seq, int samples, RefusedSamples refused) implements WriteResult {}
}
