package dev.tocsin.collect.remotewrite;

/// What came of one body.
sealed interface WriteResult {
  /// Broken; nothing was written.
  record Malformed(String reason) implements WriteResult {}

  /// Too many bytes or samples; nothing was written.
  record TooLarge(String reason) implements WriteResult {}

  /// No room now; nothing was written.
  record Busy(long retryAfterMs, String reason) implements WriteResult {}

  /// All that was not refused is sequenced.
  ///
  /// @param seq to wait for; 0 where nothing was left to write
  record Written(long seq, int samples, RefusedSamples refused) implements WriteResult {}
}
