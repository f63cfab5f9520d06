package dev.tocsin.promql.script;

/// How one case of a script went.
public sealed interface Verdict {
  /// As expected.
  record Passed() implements Verdict {}

  /// The query needs an experimental feature that is off, and the parser said so: as it should be.
  ///
  /// @param message the parser's
  record Refused(String message) implements Verdict {}

  /// The result is another one because a feature flag of the evaluation is off; with it the case
  /// passes.
  ///
  /// @param flag as Prometheus names it
  record NeedsFlag(String flag, Mismatch without) implements Verdict {}

  record Failed(Mismatch mismatch) implements Verdict {}
}
