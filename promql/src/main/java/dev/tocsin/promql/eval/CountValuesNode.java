package dev.tocsin.promql.eval;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.text.GoFloat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// count_values: how many elements of each group have each value; the value becomes a label.
final class CountValuesNode implements VectorNode {
  private final VectorNode inner;
  private final String label;
  private final boolean without;
  private final List<String> names;
  private final Map<Labels, Integer> counts = new LinkedHashMap<>();
  private final Samples out = new Samples();

  CountValuesNode(VectorNode inner, String label, List<String> grouping, boolean without) {
    this.inner = inner;
    this.label = label;
    this.without = without;
    List<String> all = new ArrayList<>(grouping);
    all.add(without ? Labels.METRIC_NAME : label);
    this.names = List.copyOf(all);
  }

  @Override
  public Samples at(long timeMs) {
    Samples in = inner.at(timeMs);
    counts.clear();
    for (int i = 0; i < in.size(); i++) {
      FloatHistogram histogram = in.histogram(i);
      String value = histogram == null ? GoFloat.plain(in.value(i)) : histogram.toString();
      Labels labels = in.labels(i).toBuilder().set(label, value).build();
      counts.merge(without ? labels.without(names) : labels.only(names), 1, Integer::sum);
    }
    out.clear();
    counts.forEach((labels, count) -> out.add(labels, count, false));
    return out;
  }
}
