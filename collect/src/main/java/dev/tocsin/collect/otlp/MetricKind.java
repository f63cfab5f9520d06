package dev.tocsin.collect.otlp;

/// What a metric's points are; decides the suffix of its name.
enum MetricKind {
  GAUGE,
  COUNTER,
  UP_DOWN_COUNTER,
  HISTOGRAM,
  EXPONENTIAL_HISTOGRAM,
  SUMMARY
}
