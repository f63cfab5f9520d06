package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import java.util.List;

/// What happens to the metric name where a result is no longer the metric: removed at once, or
/// (with delayed removal) marked for the end.
final class NameRemoval {
  /// The labels that describe the metric itself.
  private static final List<String> DESCRIBING =
      List.of(Labels.METRIC_NAME, "__type__", "__unit__");

  private final boolean delayed;
  private final LabelMapping without;

  NameRemoval(Run run, Timeline timeline) {
    this.delayed = run.options().delayedNameRemoval();
    this.without =
        new LabelMapping(
            timeline,
            labels -> {
              run.poll(); // this is where a query takes memory beside samples
              return without(labels);
            });
  }

  static Labels without(Labels labels) {
    return labels.without(DESCRIBING);
  }

  Labels of(Labels labels) {
    return delayed ? labels : without.of(labels);
  }

  /// What a node does once its result is complete.
  void finish(Samples result) {
    if (!delayed) {
      result.requireUnique();
    }
  }
}
