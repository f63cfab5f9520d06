package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Span;
import java.util.HashSet;
import java.util.Set;

/// Says once for each metric under rate or increase that its name is not that of a counter.
final class CounterNames {
  private final Notes notes;
  private final Span span;
  private final Set<String> seen = new HashSet<>();

  CounterNames(Notes notes, Span span) {
    this.notes = notes;
    this.span = span;
  }

  void sees(Labels labels) {
    String name = labels.metricName();
    if (name.isEmpty() || isCounter(name) || !seen.add(name)) {
      return;
    }
    notes.inform(
        "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
            + Notes.quoted(name),
        span);
  }

  private static boolean isCounter(String name) {
    return name.endsWith("_total")
        || name.endsWith("_sum")
        || name.endsWith("_count")
        || name.endsWith("_bucket");
  }
}
