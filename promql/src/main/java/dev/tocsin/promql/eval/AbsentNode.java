package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.Matcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

/// absent and absent_over_time: one element where there is none.
final class AbsentNode implements VectorNode {
  private final LongPredicate present;
  private final Labels labels;
  private final Samples out = new Samples();

  /// @param present whether there is an element at that time
  AbsentNode(LongPredicate present, Labels labels) {
    this.present = present;
    this.labels = labels;
  }

  @Override
  public Samples at(long timeMs) {
    out.clear();
    if (!present.test(timeMs)) {
      out.add(labels, 1, false);
    }
    return out;
  }

  /// The labels that a selector demands: those with one matcher, which is an equality. Matchers
  /// that take series away come last, as the storage of Prometheus has put them when this is asked.
  static Labels demanded(List<Matcher> matchers) {
    Set<String> required = new HashSet<>();
    for (Matcher matcher : matchers) {
      if (!matcher.accepts("")) {
        required.add(matcher.name());
      }
    }
    List<Matcher> sorted = new ArrayList<>(matchers);
    sorted.sort(Comparator.comparing(matcher -> takesAway(matcher, required)));
    return labels(sorted);
  }

  private static boolean takesAway(Matcher matcher, Set<String> required) {
    boolean negative =
        matcher.kind() == Matcher.Kind.NOT_EQUAL || matcher.kind() == Matcher.Kind.NOT_REGEX;
    return !required.contains(matcher.name()) || (negative && matcher.accepts(""));
  }

  private static Labels labels(List<Matcher> matchers) {
    Labels.Builder labels = Labels.builder();
    Set<String> seen = new HashSet<>();
    for (Matcher matcher : matchers) {
      String name = matcher.name();
      if (name.equals(Labels.METRIC_NAME)) {
        continue;
      }
      if (matcher.kind() == Matcher.Kind.EQUAL && seen.add(name)) {
        labels.set(name, matcher.value());
      } else {
        labels.remove(name);
      }
    }
    return labels.build();
  }
}
