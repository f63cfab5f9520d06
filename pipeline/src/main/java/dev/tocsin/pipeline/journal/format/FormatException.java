package dev.tocsin.pipeline.journal.format;

/// Bytes with a right checksum and a wrong meaning. The message says what is wrong; where it is
/// only the caller knows.
public final class FormatException extends Exception {
  private final boolean isNewer;

  public FormatException(String message) {
    this(message, false);
  }

  private FormatException(String message, boolean isNewer) {
    super(message);
    this.isNewer = isNewer;
  }

  /// A newer Tocsin has written what this one cannot read.
  static FormatException newer(String message) {
    return new FormatException(message, true);
  }

  /// Whether it is only too new.
  public boolean isNewer() {
    return isNewer;
  }
}
