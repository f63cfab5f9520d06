package dev.tocsin.agent;

import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Holds the address while the agent starts, and lets requests in when there is somebody to answer.
final class Doorkeeper implements HttpHandler {
  private volatile @Nullable HttpHandler inside;

  void open(HttpHandler handler) {
    inside = handler;
  }

  @Override
  public HttpReply handle(HttpRequest request) throws IOException {
    HttpHandler handler = inside;
    return handler == null ? HttpReply.text(503, "starting\n") : handler.handle(request);
  }
}
