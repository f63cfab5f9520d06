package dev.tocsin.agent.metrics;

/// The type of a metric family.
public enum MetricType {
  COUNTER("counter", "counter"),
  GAUGE("gauge", "gauge"),
  HISTOGRAM("histogram", "histogram"),
  UNKNOWN("untyped", "unknown");

  private final String textWord;
  private final String openMetricsWord;

  MetricType(String textWord, String openMetricsWord) {
    this.textWord = textWord;
    this.openMetricsWord = openMetricsWord;
  }

  String textWord() {
    return textWord;
  }

  String openMetricsWord() {
    return openMetricsWord;
  }
}
