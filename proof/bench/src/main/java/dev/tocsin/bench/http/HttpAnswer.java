package dev.tocsin.bench.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/// An answer, read to its end.
///
/// @param headers names in lower case; of repeated ones the last
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
  public HttpAnswer {
    headers = Map.copyOf(headers);
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /// Empty where the header is absent.
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  @Override
  public String toString() {
    return status + " " + headers + " " + text();
  }
}
