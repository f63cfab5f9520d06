package dev.tocsin.agent;

/// The agent cannot start; the message says why and the way out.
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartException(String message) {
    super(message);
  }
}
