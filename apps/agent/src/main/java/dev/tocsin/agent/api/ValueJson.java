package dev.tocsin.agent.api;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.promql.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Query results in Prometheus's JSON: `[seconds, "value"]` pairs, native histograms as objects.
final class ValueJson {
  private ValueJson() {}

  /// The members `resultType` and `result`.
  ///
  /// @param limit the most series; 0: all
  static void write(JsonWriter json, Value value, int limit, QueryLimits limits) {
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
        for (Value.Element element : limited(elements, limit)) {
          element(json, element);
          limits.checkChars(json.length());
        }
        json.endArray();
      }
      case Value.Matrix(List<Value.Row> rows) -> {
        json.field("resultType", "matrix").name("result").beginArray();
        SampleHeads heads = new SampleHeads();
        List<Value.Row> written = limited(rows, limit);
        for (int i = 0; i < written.size(); i++) {
          int before = json.length();
          row(json, written.get(i), heads, limits);
          if (i == 0) {
            // The others are mostly as long: room for all of them at once, instead of copying.
            limits.reserve(json, (long) (json.length() - before + 16) * written.size());
          }
        }
        json.endArray();
      }
    }
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
    FloatHistogram histogram = element.histogram();
    json.beginObject().field("metric", element.labels());
    if (histogram == null) {
      point(json.name("value"), element.timeMs(), element.value());
    } else {
      HistogramJson.point(json.name("histogram"), element.timeMs(), histogram);
    }
    json.endObject();
  }

  private static void row(JsonWriter json, Value.Row row, SampleHeads heads, QueryLimits limits) {
    json.beginObject().field("metric", row.labels());
    int count = row.timesMs().length;
    int histograms = 0;
    for (int i = 0; i < count; i++) {
      histograms += histogram(row, i) == null ? 0 : 1;
    }
    if (count > histograms) {
      json.name("values").beginArray();
      for (int i = 0; i < count; i++) {
        if (histogram(row, i) == null) {
          json.sample(heads.of(i, row.timesMs()[i]), row.values()[i]);
        }
      }
      json.endArray();
    }
    if (histograms > 0) {
      json.name("histograms").beginArray();
      for (int i = 0; i < count; i++) {
        FloatHistogram histogram = histogram(row, i);
        if (histogram != null) {
          HistogramJson.point(json, row.timesMs()[i], histogram);
          limits.checkChars(json.length());
        }
      }
      json.endArray();
    }
    json.endObject();
    limits.checkChars(json.length());
  }

  private static @Nullable FloatHistogram histogram(Value.Row row, int index) {
    @Nullable FloatHistogram[] all = row.histograms();
    return all == null ? null : all[index];
  }

  private static void point(JsonWriter json, long timeMs, double value) {
    json.sample(JsonWriter.sampleHead(timeMs), value);
  }
}
