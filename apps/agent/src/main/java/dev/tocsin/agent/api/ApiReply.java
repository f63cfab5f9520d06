package dev.tocsin.agent.api;

import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.world.net.HttpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The envelope of every answer of `/api/v1`.
final class ApiReply {
  /// Warnings and infos of each kind that are shown; the others are counted, as in Prometheus.
  static final int NOTES_MAX = 10;

  private static final Pattern OMITTED = Pattern.compile("(\\d+) more \\w+ annotations omitted");

  private ApiReply() {}

  /// @param data writes the value of `data`
  static HttpReply success(Consumer<JsonWriter> data) {
    return success(data, List.of(), List.of());
  }

  static HttpReply success(Consumer<JsonWriter> data, List<String> warnings, List<String> infos) {
    JsonWriter json = new JsonWriter().beginObject().field("status", "success").name("data");
    data.accept(json);
    if (!warnings.isEmpty()) {
      json.name("warnings").value(shown(warnings, "warning"));
    }
    if (!infos.isEmpty()) {
      json.name("infos").value(shown(infos, "info"));
    }
    return HttpReply.json(200, json.endObject().toString());
  }

  /// The first few; the last of all may itself say how many were left out before.
  private static List<String> shown(List<String> texts, String kind) {
    if (texts.size() <= NOTES_MAX) {
      return texts;
    }
    Matcher last = OMITTED.matcher(texts.getLast());
    int omitted =
        last.matches()
            ? texts.size() - 1 - NOTES_MAX + Integer.parseInt(last.group(1))
            : texts.size() - NOTES_MAX;
    List<String> shown = new ArrayList<>(texts.subList(0, NOTES_MAX));
    shown.add(omitted + " more " + kind + " annotations omitted");
    return shown;
  }

  static HttpReply error(ApiException e) {
    JsonWriter json = new JsonWriter().beginObject().field("status", "error");
    json.field("errorType", e.kind().word()).field("error", e.reason());
    return HttpReply.json(e.kind().status(), json.endObject().toString());
  }
}
