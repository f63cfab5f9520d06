package dev.tocsin.bench.webhook;

import java.io.IOException;
import java.io.Serial;

/// Bytes that are no request this receiver takes. What follows them cannot be made sense of, so the
/// connection ends after the answer.
final class BadRequestException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final int status;

  /// @param status of the answer, as 400
  BadRequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
