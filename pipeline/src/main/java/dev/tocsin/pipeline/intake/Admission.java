package dev.tocsin.pipeline.intake;

/// Whether there is room for a transaction.
public sealed interface Admission {
  /// Its places are claimed. Commit, abandon or close it, or they stay claimed.
  record Admitted(Staging staging) implements Admission {}

  /// No room now. Nothing was counted: a source that gives up says so with `Intake.refuse`.
  ///
  /// @param retryAfterMs when to try again
  record Busy(long retryAfterMs, String reason) implements Admission {}
}
