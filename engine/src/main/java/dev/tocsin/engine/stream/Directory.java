package dev.tocsin.engine.stream;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.Matcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which selectors of which rules may select a series, by the metric's name. Engine's thread.
final class Directory {
  /// A selector of a rule.
  ///
  /// @param number of the leaf
  record Leaf(Watch watch, int number, List<Matcher> matchers) {
    boolean selects(Labels labels) {
      for (int i = 0; i < matchers.size(); i++) {
        if (!matchers.get(i).accepts(labels)) {
          return false;
        }
      }
      return true;
    }
  }

  private final Map<String, List<Leaf>> byName = new HashMap<>();
  private final List<Leaf> nameless = new ArrayList<>();

  void add(Watch watch) {
    for (int i = 0; i < watch.leaves().size(); i++) {
      List<Matcher> matchers = watch.leaves().get(i);
      Leaf leaf = new Leaf(watch, i, matchers);
      String name = name(matchers);
      if (name.isEmpty()) {
        nameless.add(leaf);
      } else {
        byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(leaf);
      }
    }
  }

  private static String name(List<Matcher> matchers) {
    for (Matcher matcher : matchers) {
      if (matcher.kind() == Matcher.Kind.EQUAL && matcher.name().equals(Labels.METRIC_NAME)) {
        return matcher.value();
      }
    }
    return "";
  }

  /// The leaves that select the series.
  List<Leaf> of(Labels labels) {
    List<Leaf> found = List.of();
    for (List<Leaf> some : List.of(byName.getOrDefault(labels.metricName(), List.of()), nameless)) {
      for (Leaf leaf : some) {
        if (leaf.selects(labels)) {
          found = found.isEmpty() ? new ArrayList<>(2) : found;
          found.add(leaf);
        }
      }
    }
    return found;
  }
}
