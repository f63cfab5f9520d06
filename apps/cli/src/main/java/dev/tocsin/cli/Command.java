package dev.tocsin.cli;

import java.util.List;

/// One command.
interface Command {
  /// As it is typed, as `check config`.
  String name();

  /// What follows the name, as `FILE...`.
  String usage();

  /// One sentence.
  String summary();

  /// One line for each option, `--name VALUE what it does`.
  List<String> options();

  /// Runs it; returns the exit code. Throws [UsageException] where the arguments make no sense.
  int run(List<String> arguments, Terminal terminal);
}
