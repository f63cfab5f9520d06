package dev.tocsin.bench.differential.data;

import dev.tocsin.model.labels.Labels;
import java.util.List;
import java.util.TreeSet;

/// The series of one metric name.
public record Family(String name, FamilyKind kind, List<PlannedSeries> series) {
  public Family {
    series = List.copyOf(series);
  }

  /// The label names of its series, sorted, the metric name left out.
  public List<String> labelNames() {
    TreeSet<String> names = new TreeSet<>();
    series.forEach(one -> one.labels().forEach((name, _) -> names.add(name)));
    names.remove(Labels.METRIC_NAME);
    return List.copyOf(names);
  }

  /// The values of one label, sorted.
  public List<String> values(String label) {
    TreeSet<String> values = new TreeSet<>();
    series.forEach(one -> values.add(one.labels().get(label)));
    return List.copyOf(values);
  }
}
