package dev.tocsin.rules.lint;

/// How bad it is.
public enum Severity {
  /// Good to know.
  INFO("info"),
  /// Most likely not what was meant.
  WARNING("warning");

  private final String word;

  Severity(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
