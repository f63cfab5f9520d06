package dev.tocsin.agent.metrics;

import dev.tocsin.collect.host.MetricInfo;
import dev.tocsin.collect.host.MetricVisitor;
import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.List;

/// The host's metrics as families.
final class HostFamilies implements MetricVisitor {
  private final List<MetricFamily> families = new ArrayList<>();

  List<MetricFamily> families() {
    return families;
  }

  @Override
  public void metric(MetricInfo info) {
    MetricType type =
        switch (info.type()) {
          case COUNTER -> MetricType.COUNTER;
          case GAUGE -> MetricType.GAUGE;
          case UNTYPED -> MetricType.UNKNOWN;
        };
    families.add(new MetricFamily(info.name(), type, info.help()));
  }

  @Override
  public void sample(Labels labels, double value) {
    families.getLast().add(labels, value);
  }
}
