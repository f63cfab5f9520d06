package dev.tocsin.cli;

/// The exit codes of every command.
final class Exit {
  /// All is well.
  static final int FINE = 0;

  /// The command ran and found problems.
  static final int PROBLEMS = 1;

  /// The command could not run.
  static final int COULD_NOT_RUN = 2;

  /// The files are valid, but the linter has warned, and `--lint-fatal` was given; promtool's.
  static final int LINT = 3;

  private Exit() {}
}
