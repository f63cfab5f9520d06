package dev.tocsin.cli;

/// Arguments that make no sense; the message says which and the way out.
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
