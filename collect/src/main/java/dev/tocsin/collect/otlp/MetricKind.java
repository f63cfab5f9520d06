package dev.tocsin.collect.otlp;

/// What a metric's points are; decides the suffix of its name.
enum MetricKind {
  GAUGE(1),
  COUNTER(2),
  UP_DOWN_COUNTER(3),
  HISTOGRAM(4),
  EXPONENTIAL_HISTOGRAM(5),
  SUMMARY(6);

  private final int code;

  MetricKind(int code) {
    this.code = code;
  }

  /// A number of its own, for keys of bytes.
  int code() {
    return code;
  }
}
