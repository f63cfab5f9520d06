package dev.tocsin.collect.otlp;

import dev.tocsin.world.net.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A request that is all there.
record OtlpRequest(String method, String path, Map<String, String> headers, byte[] content)
    implements HttpRequest {
  static OtlpRequest protobuf(byte[] content) {
    return of("application/x-protobuf", content);
  }

  static OtlpRequest json(String content) {
    return of("application/json", content.getBytes(StandardCharsets.UTF_8));
  }

  private static OtlpRequest of(String type, byte[] content) {
    return new OtlpRequest(
        "POST",
        "/v1/metrics",
        Map.of("content-type", type, "content-length", Integer.toString(content.length)),
        content);
  }

  /// With another header; an empty value takes it away.
  OtlpRequest with(String name, String value) {
    Map<String, String> changed = new TreeMap<>(headers);
    changed.remove(name);
    if (!value.isEmpty()) {
      changed.put(name, value);
    }
    return new OtlpRequest(method, path, changed, content);
  }

  OtlpRequest at(String other) {
    return new OtlpRequest(method, other, headers, content);
  }

  @Override
  public String query() {
    return "";
  }

  @Override
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  @Override
  public String remote() {
    return "127.0.0.1:40522";
  }

  @Override
  public long receivedNanos() {
    return OtlpReceiver.NOW_MS * 1_000_000;
  }

  @Override
  public byte[] body(int bytesMax) throws BodyTooLargeException {
    if (content.length > bytesMax) {
      throw new BodyTooLargeException(bytesMax);
    }
    return content;
  }
}
