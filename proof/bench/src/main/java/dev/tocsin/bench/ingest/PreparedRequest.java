package dev.tocsin.bench.ingest;

import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.world.net.HttpRequest;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A request that has come already, to be handled again and again with other bodies.
final class PreparedRequest implements HttpRequest {
  private static final Map<String, String> HEADERS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  static {
    HEADERS.putAll(RemoteWriteSender.HEADERS);
  }

  private byte[] body = {};

  void body(byte[] bytes) {
    body = bytes;
  }

  @Override
  public String method() {
    return "POST";
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
    return name.toLowerCase(Locale.ROOT).equals("content-length")
        ? Integer.toString(body.length)
        : HEADERS.getOrDefault(name, "");
  }

  @Override
  public String remote() {
    return "127.0.0.1:1";
  }

  @Override
  public long receivedNanos() {
    return 1;
  }

  @Override
  public byte[] body(int bytesMax) {
    return body;
  }
}
