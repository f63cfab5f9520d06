package dev.tocsin.agent.api;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.json.JsonWriter;

/// Native histograms in Prometheus's JSON.
final class HistogramJson {
  private HistogramJson() {}

  /// `[seconds, {"count": "..", "sum": "..", "buckets": [..]}]`
  static void point(JsonWriter json, long timeMs, FloatHistogram histogram) {
    json.beginArray().seconds(timeMs).beginObject();
    json.name("count").floatString(histogram.count());
    json.name("sum").floatString(histogram.sum());
    json.endObject().endArray();
  }
}
