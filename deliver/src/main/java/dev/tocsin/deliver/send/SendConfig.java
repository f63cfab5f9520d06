package dev.tocsin.deliver.send;

import dev.tocsin.deliver.destination.SecretUrl;
import dev.tocsin.deliver.relabel.RelabelConfig;
import dev.tocsin.model.labels.Labels;
import java.util.List;
import java.util.Map;

/// One place that samples are sent to.
///
/// @param name unique among them; shown to people, and part of a file's name
/// @param timeoutMs of one request
/// @param headers of each request beside those of the format; may hold secrets
/// @param external added to every series where it has none of that name
/// @param relabel what becomes of the labels then
/// @param histograms whether native histograms are sent; else they are dropped
/// @param newestFirst when behind, what is new is sent first, and what is missing later
public record SendConfig(
    String name,
    SecretUrl url,
    long timeoutMs,
    Map<String, String> headers,
    Labels external,
    List<RelabelConfig> relabel,
    QueueConfig queue,
    boolean histograms,
    boolean newestFirst) {
  public static final long TIMEOUT_MS = 30_000;

  public SendConfig {
    headers = Map.copyOf(headers);
    relabel = List.copyOf(relabel);
  }

  public SendConfig withExternal(Labels labels) {
    return new SendConfig(
        name, url, timeoutMs, headers, labels, relabel, queue, histograms, newestFirst);
  }

  /// The text without anything secret of this place.
  public String scrub(String text) {
    String clean = url.scrub(text);
    for (String value : headers.values()) {
      clean = value.isEmpty() ? clean : clean.replace(value, "<secret>");
    }
    return clean;
  }

  /// Headers may hold secrets.
  @Override
  public String toString() {
    return name + " at " + url;
  }
}
