package dev.tocsin.agent.api;

import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.world.net.HttpReply;
import java.util.List;
import java.util.function.Consumer;

/// The envelope of every answer of `/api/v1`.
final class ApiReply {
  /// The warning of every answer that a `limit` cut.
  static final String TRUNCATED = "results truncated due to limit";

  /// Warnings, and infos, of one answer; of further ones only the number is told, as in Prometheus.
  private static final int NOTES_MAX = 10;

  private ApiReply() {}

  /// @param data writes the value of `data`
  static HttpReply success(Consumer<JsonWriter> data) {
    return success(data, List.of(), List.of());
  }

  static HttpReply success(Consumer<JsonWriter> data, List<String> warnings, List<String> infos) {
    JsonWriter json = new JsonWriter().beginObject().field("status", "success").name("data");
    data.accept(json);
    notes(json, "warnings", "warning", warnings);
    notes(json, "infos", "info", infos);
    return HttpReply.of(200, "application/json", json.endObject().toBytes());
  }

  private static void notes(JsonWriter json, String name, String kind, List<String> all) {
    if (all.isEmpty()) {
      return;
    }
    json.name(name).beginArray();
    all.stream().limit(NOTES_MAX).forEach(json::value);
    if (all.size() > NOTES_MAX) {
      json.value(all.size() - NOTES_MAX + " more " + kind + " annotations omitted");
    }
    json.endArray();
  }

  static HttpReply error(ApiException e) {
    JsonWriter json = new JsonWriter().beginObject().field("status", "error");
    json.field("errorType", e.kind().word()).field("error", e.reason());
    return HttpReply.json(e.kind().status(), json.endObject().toString());
  }
}
