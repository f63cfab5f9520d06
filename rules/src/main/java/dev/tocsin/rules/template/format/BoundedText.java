package dev.tocsin.rules.template.format;

/// A text that grows up to a limit, and not beyond: [TooLargeException].
public final class BoundedText {
  private final int maxChars;
  private final StringBuilder text = new StringBuilder();

  public BoundedText(int maxChars) {
    this.maxChars = maxChars;
  }

  public BoundedText append(CharSequence more) {
    if (more.length() > maxChars - text.length()) {
      throw new TooLargeException(maxChars);
    }
    text.append(more);
    return this;
  }

  public BoundedText append(char c) {
    return append(String.valueOf(c));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
