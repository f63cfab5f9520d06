package dev.tocsin.collect.host;

import dev.tocsin.model.labels.Labels;

/// Is shown the newest value of every series, metric by metric, sorted by name.
public interface MetricVisitor {
  /// The samples that follow are this metric's.
  void metric(MetricInfo info);

  /// @param labels without the metric name, and without `job` and `instance`
  void sample(Labels labels, double value);
}
