package dev.tocsin.rules.template.parse;

/// The first mistake in a template's text.
public final class SyntaxError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int at;

  SyntaxError(String message, int at) {
    super(message);
    this.at = at;
  }

  /// Where the reader was when it noticed: an offset into the text, in characters.
  public int at() {
    return at;
  }
}
