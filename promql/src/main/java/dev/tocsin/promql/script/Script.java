package dev.tocsin.promql.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A parsed script: commands that load series and evaluate queries, in the order written.
public final class Script {
  private final List<Command> commands;

  private Script(List<Command> commands) {
    this.commands = List.copyOf(commands);
  }

  /// Throws [ScriptException] for the first thing wrong; a query that does not parse with all
  /// experimental features on is one.
  public static Script parse(String text) {
    Lines lines = new Lines(ScriptLine.of(text));
    List<Command> commands = new ArrayList<>();
    while (!lines.ended()) {
      ScriptLine line = lines.next();
      if (!line.isEmpty()) {
        commands.add(command(line, lines));
      }
    }
    return new Script(commands);
  }

  private static Command command(ScriptLine line, Lines lines) {
    String word = line.firstWord().toLowerCase(Locale.ROOT);
    if (word.equals("clear")) {
      return new Command.Clear(line.number());
    }
    if (word.startsWith("load")) {
      return LoadReader.read(line, lines);
    }
    if (word.startsWith("eval")) {
      return new EvalReader(line, lines).read();
    }
    throw line.failure(
        0, "\"" + line.firstWord() + "\" is no command: load, load_with_nhcb, clear or eval");
  }

  List<Command> commands() {
    return commands;
  }
}
