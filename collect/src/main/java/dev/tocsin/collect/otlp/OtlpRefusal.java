package dev.tocsin.collect.otlp;

import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;

/// Answers what OTLP sends beside metrics: it is not taken, and not to be sent again.
public final class OtlpRefusal implements HttpHandler {
  @Override
  public HttpReply handle(HttpRequest request) {
    MessageEncoding encoding = OtlpHead.of(request).encoding();
    return OtlpReply.failure(encoding, 404, "only metrics are taken here, no traces and no logs");
  }
}
