package dev.tocsin.system.otlp;

import dev.tocsin.bench.json.Json;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Samples by their series: what an answer of the query API has, or should have.
final class AnswerSamples {
  private final Map<Map<String, String>, Map<Long, String>> all = new HashMap<>();

  /// Of the result of a range selector.
  static AnswerSamples of(List<Json> result) {
    AnswerSamples samples = new AnswerSamples();
    for (Json series : result) {
      Map<String, String> labels = new TreeMap<>();
      series.get("metric").map().forEach((name, value) -> labels.put(name, value.text()));
      if (series.has("values")) {
        for (Json sample : series.get("values").list()) {
          samples.add(labels, timeMs(sample), Double.parseDouble(sample.list().get(1).text()));
        }
      }
      if (series.has("histograms")) {
        for (Json sample : series.get("histograms").list()) {
          samples.put(labels, timeMs(sample), PlainHistogram.shown(sample.list().get(1)));
        }
      }
    }
    return samples;
  }

  private static long timeMs(Json sample) {
    return new BigDecimal(sample.list().get(0).text()).movePointRight(3).longValueExact();
  }

  void add(Map<String, String> labels, long timeMs, double value) {
    put(labels, timeMs, Double.toString(value));
  }

  void add(Map<String, String> labels, long timeMs, PlainHistogram value) {
    put(labels, timeMs, value.shown());
  }

  private void put(Map<String, String> labels, long timeMs, String value) {
    all.computeIfAbsent(labels, _ -> new TreeMap<>()).put(timeMs, value);
  }

  Map<Map<String, String>, Map<Long, String>> all() {
    return all;
  }
}
