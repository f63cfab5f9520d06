package dev.tocsin.agent.api;

import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.world.net.HttpReply;
import java.util.List;
import java.util.function.Consumer;

/// The envelope of every answer of `/api/v1`.
final class ApiReply {
  private ApiReply() {}

  /// @param data writes the value of `data`
  static HttpReply success(Consumer<JsonWriter> data) {
    return success(data, List.of(), List.of());
  }

  static HttpReply success(Consumer<JsonWriter> data, List<String> warnings, List<String> infos) {
    JsonWriter json = new JsonWriter().beginObject().field("status", "success").name("data");
    data.accept(json);
    if (!warnings.isEmpty()) {
      json.name("warnings").value(warnings);
    }
    if (!infos.isEmpty()) {
      json.name("infos").value(infos);
    }
    return HttpReply.json(200, json.endObject().toString());
  }

  static HttpReply error(ApiException e) {
    JsonWriter json = new JsonWriter().beginObject().field("status", "error");
    json.field("errorType", e.kind().word()).field("error", e.reason());
    return HttpReply.json(e.kind().status(), json.endObject().toString());
  }
}
