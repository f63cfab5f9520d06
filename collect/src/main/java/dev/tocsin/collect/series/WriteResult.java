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
  /// @param samples that came, native histograms among them
  /// @param floats those that were not refused, or that had come before
  /// @param histograms the same of native histograms
  record Written(long seq, int samples, RefusedSamples refused, int floats, int histograms)
      implements WriteResult {
    /// Where no native histograms came.
    public static Written ofFloats(long seq, int samples, RefusedSamples refused) {
      return new Written(seq, samples, refused, samples - refused.errors(), 0);
    }
  }
}
