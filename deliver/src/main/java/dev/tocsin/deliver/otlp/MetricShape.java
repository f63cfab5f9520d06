package dev.tocsin.deliver.otlp;

/// What a metric is in OTLP, and the field of it in the message `Metric`.
enum MetricShape {
  GAUGE(5),
  /// Cumulative and monotonic.
  SUM(7),
  /// Of a native histogram with custom bounds.
  HISTOGRAM(9),
  /// Of any other native histogram.
  EXPONENTIAL(10);

  /// By its number in `AggregationTemporality`.
  static final int CUMULATIVE = 2;

  private static final String COUNTER = "_total";

  private final int field;

  MetricShape(int field) {
    this.field = field;
  }

  int field() {
    return field;
  }

  boolean isCumulative() {
    return this != GAUGE;
  }

  /// Of floats: types are not kept with the samples, so the name decides. The parts of a classic
  /// histogram are gauges as well: as sums, receivers would add `_total` to their names.
  static MetricShape of(String metric) {
    return metric.endsWith(COUNTER) ? SUM : GAUGE;
  }
}
