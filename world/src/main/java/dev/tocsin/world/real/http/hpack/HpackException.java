package dev.tocsin.world.real.http.hpack;

import java.io.IOException;

/// The bytes are no headers; the connection is of no use after it, since both sides' tables differ.
public final class HpackException extends IOException {
  private static final long serialVersionUID = 1L;

  public HpackException(String message) {
    super(message);
  }
}
