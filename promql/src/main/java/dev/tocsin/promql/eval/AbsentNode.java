package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.Matcher;
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

  /// The labels that a selector demands: those with one matcher, which is an equality.
  static Labels demanded(List<Matcher> matchers) {
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
