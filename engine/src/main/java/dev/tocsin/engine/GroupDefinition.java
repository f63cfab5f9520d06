package dev.tocsin.engine;

import dev.tocsin.model.input.RuleSet;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.file.RecordingRule;
import dev.tocsin.rules.file.Rule;
import dev.tocsin.rules.file.RuleGroup;
import dev.tocsin.rules.file.TextEntry;
import java.util.List;

/// All that decides how a group behaves; equal definitions behave the same.
///
/// @param limit of each rule; 0: none
record GroupDefinition(
    GroupKey key, long intervalMs, long queryOffsetMs, int limit, List<RuleDefinition> rules) {
  /// A rule in words.
  record RuleDefinition(
      boolean alert,
      String name,
      String query,
      long forMs,
      long keepFiringForMs,
      List<TextEntry> labels,
      List<TextEntry> annotations) {
    static RuleDefinition of(Rule rule) {
      return switch (rule) {
        case AlertRule alert ->
            new RuleDefinition(
                true,
                alert.name(),
                alert.query(),
                alert.forMs(),
                alert.keepFiringForMs(),
                alert.labelTexts(),
                alert.annotationTexts());
        case RecordingRule record ->
            new RuleDefinition(
                false, record.name(), record.query(), 0, 0, record.labels(), List.of());
      };
    }

    /// Whether the state of one may be taken over by the other.
    boolean pairsWith(RuleDefinition other) {
      return alert == other.alert && name.equals(other.name) && labels.equals(other.labels);
    }
  }

  static GroupDefinition of(String file, RuleGroup group, RuleSet settings) {
    return new GroupDefinition(
        new GroupKey(file, group.name()),
        Math.max(1, group.intervalMs().orElse(settings.evaluationIntervalMs())),
        group.queryOffsetMs().orElse(settings.queryOffsetMs()),
        group.limit(),
        group.rules().stream().map(RuleDefinition::of).toList());
  }
}
