package dev.tocsin.world.net;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// An answer to a request. `content` is written as it is; `Content-Length` is set by the server.
///
/// @param trailers headers behind the content, which gRPC has; only HTTP/2 sends them
public record HttpReply(
    int status, Map<String, String> headers, byte[] content, Map<String, String> trailers) {
  public HttpReply {
    headers = Map.copyOf(headers);
    trailers = Map.copyOf(trailers);
  }

  public HttpReply(int status, Map<String, String> headers, byte[] content) {
    this(status, headers, content, Map.of());
  }

  public static HttpReply text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  public static HttpReply json(int status, String json) {
    return of(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  public static HttpReply of(int status, String contentType, byte[] content) {
    return new HttpReply(status, Map.of("Content-Type", contentType), content);
  }

  /// No content: 204 as it is, anything else with an empty body.
  public static HttpReply empty(int status) {
    return new HttpReply(status, Map.of(), new byte[0]);
  }
}
