package dev.tocsin.sim.net;

import dev.tocsin.world.net.HttpRequest;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;

/// A request as the program's handler sees it.
final class SimIncoming implements HttpRequest {
  private final SimRequest request;
  private final String remote;
  private final long receivedNanos;

  /// Its body does not come whole.
  private final boolean isBroken;

  SimIncoming(SimRequest request, String remote, long receivedNanos, boolean isBroken) {
    this.request = request;
    this.remote = remote;
    this.receivedNanos = receivedNanos;
    this.isBroken = isBroken;
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public String path() {
    return request.path();
  }

  @Override
  public String query() {
    return request.query();
  }

  @Override
  public String header(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String value = request.headers().get(lower);
    if (value == null && lower.equals("content-length")) {
      return Integer.toString(request.body().length);
    }
    return value == null ? "" : value;
  }

  @Override
  public String remote() {
    return remote;
  }

  @Override
  public long receivedNanos() {
    return receivedNanos;
  }

  @Override
  public byte[] body(int bytesMax) throws IOException {
    if (request.body().length > bytesMax) {
      throw new BodyTooLargeException(bytesMax);
    }
    if (isBroken) {
      throw new EOFException("the body ended early");
    }
    return request.body().clone();
  }
}
