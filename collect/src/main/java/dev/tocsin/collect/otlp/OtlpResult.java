package dev.tocsin.collect.otlp;

/// What came of one body.
sealed interface OtlpResult {
  /// No message at all, where a transport has frames of its own; nothing was written.
  record Unframed(String reason) implements OtlpResult {}

  /// Broken; nothing was written.
  record Malformed(String reason) implements OtlpResult {}

  /// Too many bytes or samples; nothing was written.
  record TooLarge(String reason) implements OtlpResult {}

  /// No room now; nothing was written.
  record Busy(long retryAfterMs, String reason) implements OtlpResult {}

  /// The journal did not take it; what is in memory of it may be lost.
  record Undurable(long retryAfterMs, String reason) implements OtlpResult {}

  /// All that was not refused is sequenced.
  ///
  /// @param seq to wait for; 0 where nothing was left to write
  /// @param points data points in the request
  /// @param rejected of these
  /// @param reasons why; empty where none was rejected
  record Written(long seq, int points, int rejected, String reasons) implements OtlpResult {
    /// What a sender is told whose points were rejected.
    String text() {
      return rejected
          + " of "
          + points
          + " data points were rejected, the rest is written; samples refused: "
          + reasons;
    }
  }
}
