package dev.tocsin.promql.script;

import java.util.List;

/// The lines of a script and the next of them.
final class Lines {
  private final List<ScriptLine> lines;
  private int at;

  Lines(List<ScriptLine> lines) {
    this.lines = lines;
  }

  boolean ended() {
    return at == lines.size();
  }

  /// Whether another line belongs to the command being read: an empty line ends it.
  boolean goesOn() {
    return !ended() && !lines.get(at).isEmpty();
  }

  ScriptLine next() {
    return lines.get(at++);
  }
}
