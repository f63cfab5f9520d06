package dev.tocsin.promql.script;

/// Why a text is no script, and where.
public final class ScriptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  ScriptException(int line, int column, String reason) {
    super(reason);
    this.line = line;
    this.column = column;
  }

  /// From 1.
  public int line() {
    return line;
  }

  /// In characters, from 1.
  public int column() {
    return column;
  }
}
