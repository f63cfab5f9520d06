package dev.tocsin.collect.host;

/// What a metric is: for the exposition, and for people.
///
/// @param name as `node_load1`
/// @param help one sentence
public record MetricInfo(String name, Type type, String help) {
  /// How its values may move.
  public enum Type {
    COUNTER,
    GAUGE,
    UNTYPED;

    /// The word of the text exposition.
    public String word() {
      return switch (this) {
        case COUNTER -> "counter";
        case GAUGE -> "gauge";
        case UNTYPED -> "untyped";
      };
    }
  }

  static MetricInfo counter(String name, String help) {
    return new MetricInfo(name, Type.COUNTER, help);
  }

  static MetricInfo gauge(String name, String help) {
    return new MetricInfo(name, Type.GAUGE, help);
  }

  static MetricInfo untyped(String name, String help) {
    return new MetricInfo(name, Type.UNTYPED, help);
  }
}
