package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Labels made from labels, remembered where there are many steps.
final class LabelMapping {
  private final UnaryOperator<Labels> rule;
  private final @Nullable Map<Labels, Labels> known;

  LabelMapping(Timeline timeline, UnaryOperator<Labels> rule) {
    this.rule = rule;
    this.known = timeline.isRange() ? new HashMap<>() : null;
  }

  Labels of(Labels labels) {
    if (known == null) {
      return rule.apply(labels);
    }
    Labels result = known.get(labels);
    if (result == null) {
      result = rule.apply(labels);
      known.put(labels, result);
    }
    return result;
  }
}
