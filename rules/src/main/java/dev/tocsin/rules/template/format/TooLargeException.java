package dev.tocsin.rules.template.format;

/// A text would pass its limit.
public final class TooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TooLargeException(int maxChars) {
    super("the text is longer than " + maxChars + " characters");
  }
}
