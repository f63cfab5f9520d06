package dev.tocsin.collect.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.world.net.HttpReply;
import java.util.HashMap;
import java.util.Map;

/// What OTLP's senders read over HTTP: an answer, or a `google.rpc.Status` for failures, in the
/// encoding of the request. Source: the OTLP specification, "OTLP/HTTP Response".
final class OtlpReply {
  private OtlpReply() {}

  static HttpReply success(MessageEncoding encoding) {
    byte[] content = encoding == MessageEncoding.JSON ? "{}".getBytes(UTF_8) : new byte[0];
    return HttpReply.of(200, encoding.mediaType(), content);
  }

  static HttpReply partial(MessageEncoding encoding, int rejected, String text) {
    if (encoding == MessageEncoding.JSON) {
      JsonWriter json = new JsonWriter().beginObject().name("partialSuccess").beginObject();
      json.field("rejectedDataPoints", Integer.toString(rejected)).field("errorMessage", text);
      return HttpReply.json(200, json.endObject().endObject().toString());
    }
    return HttpReply.of(200, encoding.mediaType(), OtlpMessages.partial(rejected, text));
  }

  static HttpReply failure(MessageEncoding encoding, int status, String text) {
    int code =
        switch (status) {
          case 413, 429 -> OtlpMessages.RESOURCE_EXHAUSTED;
          case 404 -> OtlpMessages.UNIMPLEMENTED;
          case 503 -> OtlpMessages.UNAVAILABLE;
          default -> OtlpMessages.INVALID_ARGUMENT;
        };
    if (encoding == MessageEncoding.JSON) {
      JsonWriter json = new JsonWriter().beginObject().field("code", code).field("message", text);
      return HttpReply.json(status, json.endObject().toString());
    }
    return HttpReply.of(status, encoding.mediaType(), OtlpMessages.status(code, text));
  }

  /// The same with the time after which to come again.
  static HttpReply retry(MessageEncoding encoding, int status, long afterMs, String text) {
    HttpReply plain = failure(encoding, status, text);
    Map<String, String> headers = new HashMap<>(plain.headers());
    headers.put("Retry-After", Long.toString(Math.max(1, Math.ceilDiv(afterMs, 1000))));
    return new HttpReply(status, headers, plain.content());
  }
}
