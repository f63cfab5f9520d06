package dev.tocsin.world.real.http;

import java.io.IOException;

/// What the peer sent ends the whole connection.
final class H2Exception extends IOException {
  private static final long serialVersionUID = 1L;

  private final int code;

  /// @param code one of the error codes of [H2]
  H2Exception(int code, String message) {
    super(message);
    this.code = code;
  }

  int code() {
    return code;
  }
}
