package dev.tocsin.agent.api;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.json.JsonWriter;

/// Native histograms in Prometheus's JSON.
final class HistogramJson {
  private HistogramJson() {}

  /// `[seconds, {"count": "..", "sum": "..", "buckets": [..]}]`; a bucket is `[rule, "lower",
  /// "upper", "count"]`, and those that are empty are left out.
  static void point(JsonWriter json, long timeMs, FloatHistogram histogram) {
    json.beginArray().seconds(timeMs).beginObject();
    json.name("count").floatString(histogram.count());
    json.name("sum").floatString(histogram.sum());
    boolean[] any = {false};
    histogram.forEachBucket(
        (lower, upper, lowerInclusive, upperInclusive, count) -> {
          if (count != 0) {
            if (!any[0]) {
              json.name("buckets").beginArray();
              any[0] = true;
            }
            json.beginArray().value(rule(lowerInclusive, upperInclusive));
            json.floatString(lower).floatString(upper).floatString(count).endArray();
          }
          return true;
        });
    if (any[0]) {
      json.endArray();
    }
    json.endObject().endArray();
  }

  /// Which bounds belong to a bucket.
  private static long rule(boolean lower, boolean upper) {
    if (lower) {
      return upper ? 3 : 1;
    }
    return upper ? 0 : 2;
  }
}
