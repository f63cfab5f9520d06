package dev.tocsin.deliver.webhook;

import dev.tocsin.deliver.destination.Origin;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.model.labels.Labels;
import java.nio.charset.StandardCharsets;

/// The body of a webhook message, version "4", with the group of one alert: all its labels are the
/// group's. Source: Alertmanager's documentation of `webhook_config`.
final class WebhookPayload {
  private WebhookPayload() {}

  static byte[] of(String receiver, Origin origin, AlertEvent event) {
    Labels labels = origin.labels(event);
    String status = event.isResolved() ? "resolved" : "firing";
    JsonWriter json = new JsonWriter().beginObject();
    json.field("receiver", receiver).field("status", status).name("alerts").beginArray();
    json.beginObject();
    json.field("status", status);
    json.field("labels", labels);
    json.field("annotations", event.annotations());
    json.name("startsAt").time(event.firedAtMs());
    // Alertmanager shows no end that has not come: Go's zero time, which `time(0)` is.
    json.name("endsAt").time(event.isResolved() ? event.resolvedAtMs() : 0);
    json.field("generatorURL", origin.generatorUrl(event.expression()));
    json.field("fingerprint", fingerprint(labels));
    json.endObject().endArray();
    json.field("groupLabels", labels);
    json.field("commonLabels", labels);
    json.field("commonAnnotations", event.annotations());
    json.field("externalURL", origin.externalUrl());
    json.field("version", "4");
    json.field("groupKey", "{}:" + labels);
    json.field("truncatedAlerts", 0);
    return json.endObject().toBytes();
  }

  /// FNV-1a of 64 bits over names and values, each followed by 0xff: Prometheus's fingerprint.
  static String fingerprint(Labels labels) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < labels.size(); i++) {
      hash = add(add(hash, labels.name(i)), labels.value(i));
    }
    String hex = Long.toHexString(hash);
    return "0".repeat(16 - hex.length()) + hex;
  }

  private static long add(long hash, String text) {
    long sum = hash;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      sum = (sum ^ (b & 0xff)) * 0x100000001b3L;
    }
    return (sum ^ 0xff) * 0x100000001b3L;
  }
}
