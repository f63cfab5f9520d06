package dev.tocsin.bench.webhook;

import dev.tocsin.bench.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A message as it arrived.
///
/// @param arrivedNanos Unix time in nanoseconds, when the whole body had been read
/// @param headers names in lower case
/// @param answered the status it was answered with
public record WebhookMessage(
    long arrivedNanos, Map<String, String> headers, byte[] body, int answered) {
  public WebhookMessage {
    headers = Map.copyOf(headers);
  }

  public Json json() {
    return Json.parse(new String(body, StandardCharsets.UTF_8));
  }

  public List<Json> alerts() {
    return json().get("alerts").list();
  }

  /// The status of the whole message: `firing` or `resolved`.
  public String status() {
    return json().get("status").text();
  }

  /// A label of the first alert; empty where it has none of that name.
  public String label(String name) {
    Json labels = alerts().getFirst().get("labels");
    return labels.has(name) ? labels.get(name).text() : "";
  }

  /// Empty where the header is absent.
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /// Which delivery this is; the same for every attempt.
  public String delivery() {
    return header("X-Tocsin-Delivery");
  }

  @Override
  public String toString() {
    return answered + " " + headers + " " + new String(body, StandardCharsets.UTF_8);
  }
}
