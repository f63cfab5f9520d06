package dev.tocsin.model.histogram;

/// A native histogram that contradicts itself. The message says in what, as Prometheus says it.
public final class InvalidHistogramException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidHistogramException(String message) {
    super(message);
  }
}
