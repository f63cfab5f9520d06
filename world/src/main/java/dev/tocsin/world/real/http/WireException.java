package dev.tocsin.world.real.http;

import java.io.IOException;

/// What the peer sent is not HTTP as we take it; the connection is of no use after it.
final class WireException extends IOException {
  private final int status;

  /// @param status what a server answers
  WireException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }

  /// The message, never null.
  String reason() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
