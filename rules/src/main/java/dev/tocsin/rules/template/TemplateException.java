package dev.tocsin.rules.template;

/// A template that does not parse, or failed while it ran. The message is worded as Go words it:
/// `template: NAME:LINE: ...` from the parser, `template: NAME:LINE:COLUMN: executing ...` from a
/// run.
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  TemplateException(String message, int line, int column) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /// In the text of the template, from 1.
  public int line() {
    return line;
  }

  /// In the line, in characters, from 1.
  public int column() {
    return column;
  }
}
