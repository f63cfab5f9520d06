package dev.tocsin.agent.metrics;

import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.List;

/// All samples of one metric. Names are Prometheus's: a counter's ends in `_total`. Not
/// thread-safe.
public final class MetricFamily {
  /// @param suffix what follows the family's name, as `_bucket`; empty for most
  record Sample(String suffix, Labels labels, double value) {}

  private final String name;
  private final MetricType type;
  private final String help;
  private final List<Sample> samples = new ArrayList<>();

  public MetricFamily(String name, MetricType type, String help) {
    this.name = name;
    this.type = type;
    this.help = help;
  }

  public static MetricFamily counter(String name, String help) {
    return new MetricFamily(name, MetricType.COUNTER, help);
  }

  public static MetricFamily gauge(String name, String help) {
    return new MetricFamily(name, MetricType.GAUGE, help);
  }

  public MetricFamily add(Labels labels, double value) {
    samples.add(new Sample("", labels, value));
    return this;
  }

  /// A sample whose only labels are these `name, value` pairs.
  public MetricFamily add(double value, String... labels) {
    return add(Labels.of(labels), value);
  }

  /// The same of a count; beyond 2^53 it is rounded, as every sample value is.
  public MetricFamily add(long count, String... labels) {
    return add((double) count, labels);
  }

  /// One histogram.
  ///
  /// @param bounds upper bounds, ascending, without the infinite one
  /// @param counts how many were at most each bound
  public MetricFamily addHistogram(
      Labels labels, double[] bounds, long[] counts, long count, double sum) {
    for (int i = 0; i < bounds.length; i++) {
      Labels bucket = labels.toBuilder().set("le", Exposition.bound(bounds[i])).build();
      samples.add(new Sample("_bucket", bucket, counts[i]));
    }
    Labels all = labels.toBuilder().set("le", "+Inf").build();
    samples.add(new Sample("_bucket", all, count));
    samples.add(new Sample("_sum", labels, sum));
    samples.add(new Sample("_count", labels, count));
    return this;
  }

  String name() {
    return name;
  }

  MetricType type() {
    return type;
  }

  String help() {
    return help;
  }

  List<Sample> samples() {
    return samples;
  }
}
