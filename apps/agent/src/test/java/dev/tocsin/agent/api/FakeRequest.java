package dev.tocsin.agent.api;

import dev.tocsin.world.net.HttpRequest;
import java.nio.charset.StandardCharsets;

/// A request that is all there.
record FakeRequest(String method, String path, String query, String posted) implements HttpRequest {
  static FakeRequest get(String pathAndQuery) {
    int mark = pathAndQuery.indexOf('?');
    return mark < 0
        ? new FakeRequest("GET", pathAndQuery, "", "")
        : new FakeRequest(
            "GET", pathAndQuery.substring(0, mark), pathAndQuery.substring(mark + 1), "");
  }

  static FakeRequest post(String query, String posted) {
    return new FakeRequest("POST", "/", query, posted);
  }

  @Override
  public String header(String name) {
    boolean typed = name.equalsIgnoreCase("Content-Type") && method.equals("POST");
    return typed ? "Application/x-www-form-urlencoded; charset=utf-8" : "";
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
    byte[] content = posted.getBytes(StandardCharsets.UTF_8);
    if (content.length > bytesMax) {
      throw new BodyTooLargeException(bytesMax);
    }
    return content;
  }
}
