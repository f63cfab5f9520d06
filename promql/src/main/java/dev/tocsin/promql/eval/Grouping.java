package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which group of an aggregation an element belongs to: groups are numbered from 0 in the order
/// they are met.
final class Grouping {
  private final boolean without;
  private final List<String> names;
  private final List<Labels> groups = new ArrayList<>();
  private final Map<Labels, Integer> numbers = new HashMap<>();
  private final Map<Labels, Integer> known = new HashMap<>();

  Grouping(List<String> labels, boolean without) {
    this.without = without;
    List<String> all = new ArrayList<>(labels);
    if (without) {
      all.add(Labels.METRIC_NAME);
    }
    this.names = List.copyOf(all);
  }

  int of(Labels labels) {
    if (names.isEmpty()) {
      if (groups.isEmpty()) {
        groups.add(Labels.empty());
      }
      return 0;
    }
    Integer number = known.get(labels);
    if (number == null) {
      number = numberOf(without ? labels.without(names) : labels.only(names));
      known.put(labels, number);
    }
    return number;
  }

  private Integer numberOf(Labels group) {
    Integer number = numbers.get(group);
    if (number == null) {
      number = groups.size();
      groups.add(group);
      numbers.put(group, number);
    }
    return number;
  }

  int count() {
    return groups.size();
  }

  Labels labels(int group) {
    return groups.get(group);
  }
}
