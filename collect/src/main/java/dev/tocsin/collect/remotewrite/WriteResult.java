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
  /// @param samples that came, native histograms among them
  /// @param floats those that were not refused, or that had come before
  /// @param histograms the same of native histograms
  record Written(long seq, int samples, RefusedSamples refused, int floats, int histograms)
      implements WriteResult {}
}
