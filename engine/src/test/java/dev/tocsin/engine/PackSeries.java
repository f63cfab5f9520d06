package dev.tocsin.engine;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import dev.tocsin.promql.data.Matcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Makes up the series that the selectors of an expression select.
final class PackSeries {
  /// Texts that regular expressions of real rules accept; the empty one is no label.
  private static final List<String> WORDS =
      List.of("", "x", "sda", "eth0", "warning", "idle", "user", "5xx", "500", "1", "GET", "/");

  private PackSeries() {}

  /// One series for each different selector; empty where one of them can select nothing.
  ///
  /// @param alike whether a selector that says nothing of a label gets it from the others
  static List<Labels> of(List<VectorSelector> selectors, boolean alike) {
    Labels.Builder common = Labels.builder();
    if (alike) {
      for (VectorSelector selector : selectors) {
        for (Matcher matcher : selector.matchers()) {
          if (matcher.kind() == Matcher.Kind.EQUAL) {
            common.set(matcher.name(), matcher.value());
          }
        }
      }
      common.remove(Labels.METRIC_NAME);
    }
    Set<Labels> all = new LinkedHashSet<>();
    for (VectorSelector selector : selectors) {
      Labels labels = labels(selector, common.build());
      if (!selector.matchers().stream().allMatch(one -> one.accepts(labels))) {
        return List.of();
      }
      all.add(labels);
    }
    return new ArrayList<>(all);
  }

  private static Labels labels(VectorSelector selector, Labels common) {
    Labels.Builder labels = common.toBuilder();
    Set<String> names = new LinkedHashSet<>();
    selector.matchers().forEach(matcher -> names.add(matcher.name()));
    for (String name : names) {
      List<Matcher> matchers =
          selector.matchers().stream().filter(one -> one.name().equals(name)).toList();
      List<String> words = new ArrayList<>(WORDS);
      matchers.forEach(matcher -> words.add(matcher.value()));
      words.stream()
          .filter(word -> matchers.stream().allMatch(one -> one.accepts(word)))
          .findFirst()
          .ifPresent(word -> labels.set(name, word));
    }
    return labels.build();
  }

  /// So many of each, told apart by a label.
  static List<Labels> copies(List<Labels> series, int copies) {
    List<Labels> all = new ArrayList<>();
    for (int copy = 0; copy < copies; copy++) {
      for (Labels labels : series) {
        all.add(labels.toBuilder().set("instance", "i" + copy).build());
      }
    }
    return all;
  }
}
