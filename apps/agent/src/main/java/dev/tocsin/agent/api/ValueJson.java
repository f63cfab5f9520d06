package dev.tocsin.agent.api;

import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.promql.value.Value;
import java.util.List;

/// Query results in Prometheus's JSON: `[seconds, "value"]` pairs.
final class ValueJson {
  private ValueJson() {}

  /// The value of `data`: `resultType` and `result`.
  ///
  /// @param limit the most series; 0: all
  static void write(JsonWriter json, Value value, int limit) {
    json.beginObject();
    switch (value) {
      case Value.Scalar(long timeMs, double number) -> {
        json.field("resultType", "scalar").name("result");
        point(json, timeMs, number);
      }
      case Value.Text(long timeMs, String text) -> {
        json.field("resultType", "string").name("result").beginArray();
        json.seconds(timeMs).value(text).endArray();
      }
      case Value.Vector(List<Value.Element> elements) -> {
        json.field("resultType", "vector").name("result").beginArray();
        limited(elements, limit).forEach(element -> element(json, element));
        json.endArray();
      }
      case Value.Matrix(List<Value.Row> rows) -> {
        json.field("resultType", "matrix").name("result").beginArray();
        limited(rows, limit).forEach(row -> row(json, row));
        json.endArray();
      }
    }
    json.endObject();
  }

  /// Whether a limit leaves something out.
  static boolean isCut(Value value, int limit) {
    return limit > 0
        && switch (value) {
          case Value.Scalar _, Value.Text _ -> false;
          case Value.Vector(List<Value.Element> elements) -> elements.size() > limit;
          case Value.Matrix(List<Value.Row> rows) -> rows.size() > limit;
        };
  }

  /// How many pairs of time and value are written. A series counts as ten at least, for its labels.
  static long points(Value value, int limit) {
    return switch (value) {
      case Value.Scalar _, Value.Text _ -> 1;
      case Value.Vector(List<Value.Element> elements) -> 10L * limited(elements, limit).size();
      case Value.Matrix(List<Value.Row> rows) ->
          limited(rows, limit).stream().mapToLong(row -> Math.max(10, row.timesMs().length)).sum();
    };
  }

  private static <T> List<T> limited(List<T> all, int limit) {
    return limit > 0 && all.size() > limit ? all.subList(0, limit) : all;
  }

  private static void element(JsonWriter json, Value.Element element) {
    json.beginObject().field("metric", element.labels()).name("value");
    point(json, element.timeMs(), element.value());
    json.endObject();
  }

  private static void row(JsonWriter json, Value.Row row) {
    json.beginObject().field("metric", row.labels()).name("values").beginArray();
    for (int i = 0; i < row.timesMs().length; i++) {
      point(json, row.timesMs()[i], row.values()[i]);
    }
    json.endArray().endObject();
  }

  private static void point(JsonWriter json, long timeMs, double value) {
    json.beginArray().seconds(timeMs).floatString(value).endArray();
  }
}
