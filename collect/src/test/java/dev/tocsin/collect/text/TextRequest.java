package dev.tocsin.collect.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.collect.remotewrite.Receiver;
import dev.tocsin.world.net.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/// An import that is all there. Header names in lower case.
record TextRequest(String method, String query, Map<String, String> headers, byte[] content)
    implements HttpRequest {

  /// As a client sends it that does not say what it is.
  static TextRequest of(byte[] content) {
    return new TextRequest(
        "POST", "", Map.of("content-length", Integer.toString(content.length)), content);
  }

  static TextRequest of(String content) {
    return of(content.getBytes(UTF_8));
  }

  static TextRequest zipped(byte[] content) {
    return of(gzip(content)).with("content-encoding", "gzip");
  }

  /// With another header; an empty value takes it away.
  TextRequest with(String name, String value) {
    Map<String, String> changed = new TreeMap<>(headers);
    changed.remove(name);
    if (!value.isEmpty()) {
      changed.put(name, value);
    }
    return new TextRequest(method, query, changed, content);
  }

  TextRequest asking(String newQuery) {
    return new TextRequest(method, newQuery, headers, content);
  }

  TextRequest by(String newMethod) {
    return new TextRequest(newMethod, query, headers, content);
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Override
  public String path() {
    return "/api/v1/import/prometheus";
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
    return Receiver.NOW_MS * 1_000_000;
  }

  @Override
  public byte[] body(int bytesMax) throws BodyTooLargeException {
    if (content.length > bytesMax) {
      throw new BodyTooLargeException(bytesMax);
    }
    return content;
  }
}
