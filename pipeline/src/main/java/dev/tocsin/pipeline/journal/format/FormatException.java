package dev.tocsin.pipeline.journal.format;

/// Bytes with a right checksum and a wrong meaning. The message says what is wrong; where it is
/// only the caller knows.
public final class FormatException extends Exception {
  public FormatException(String message) {
    super(message);
  }
}
