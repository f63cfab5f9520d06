package dev.tocsin.world.net;

import java.io.IOException;

/// Answers requests. Called on a virtual thread per request, so it may block.
@FunctionalInterface
public interface HttpHandler {
  HttpReply handle(HttpRequest request) throws IOException;
}
