package dev.tocsin.sim;

/// A scenario failed; the message says with which seed, and how to see it again.
public final class SimFailure extends AssertionError {
  public SimFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
