package dev.tocsin.collect.remotewrite;

import dev.tocsin.world.net.HttpRequest;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A request that is all there.
record FakeRequest(String method, Map<String, String> headers, byte[] content)
    implements HttpRequest {

  static FakeRequest of(byte[] content) {
    return new FakeRequest(
        "POST",
        Map.of(
            "content-type", "application/x-protobuf",
            "content-encoding", "snappy",
            "x-prometheus-remote-write-version", "0.1.0",
            "content-length", Integer.toString(content.length)),
        content);
  }

  /// With another header; an empty value takes it away.
  FakeRequest with(String name, String value) {
    Map<String, String> changed = new TreeMap<>(headers);
    changed.remove(name);
    if (!value.isEmpty()) {
      changed.put(name, value);
    }
    return new FakeRequest(method, changed, content);
  }

  @Override
  public String path() {
    return "/api/v1/write";
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
    return 1_764_000_000_000_000_000L;
  }

  @Override
  public byte[] body(int bytesMax) throws BodyTooLargeException {
    if (content.length > bytesMax) {
      throw new BodyTooLargeException(bytesMax);
    }
    return content;
  }
}
