package dev.tocsin.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Runs commands, and has what the last one printed.
final class CommandLine {
  private final List<String> words;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /// @param words that all commands begin with
  CommandLine(String... words) {
    this.words = List.of(words);
  }

  /// The exit code.
  int run(String... arguments) {
    out.reset();
    err.reset();
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(arguments));
    return Main.run(
        all,
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
