package dev.tocsin.promql.data;

/// A text that calls back while it is read: a regular expression on a long text can take a minute,
/// and whoever waits may go away meanwhile. What the callback throws ends the matching.
public record PolledText(String text, Runnable poll) implements CharSequence {
  /// Shorter texts are matched at once.
  private static final int LONG = 64;

  /// The text itself where it is short.
  public static CharSequence of(String text, Runnable poll) {
    return text.length() < LONG ? text : new PolledText(text, poll);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    poll.run();
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
