package dev.tocsin.bench.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/// Asks a server that may not be there.
public final class Probe {
  private Probe() {}

  /// The status of a GET; 0 where there is no answer.
  public static int status(URI address, String path) {
    try {
      return HttpConnection.get(address, path).status();
    } catch (IOException e) {
      return 0;
    }
  }

  /// The answer to a GET; the server has to be there.
  public static HttpAnswer get(URI address, String path) {
    try {
      return HttpConnection.get(address, path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
