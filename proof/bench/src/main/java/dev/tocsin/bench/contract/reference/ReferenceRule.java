package dev.tocsin.bench.contract.reference;

import dev.tocsin.bench.contract.seen.Expected;
import dev.tocsin.bench.contract.seen.RuleSeen;
import dev.tocsin.bench.contract.seen.Told;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.file.RecordingRule;
import dev.tocsin.rules.file.Rule;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A rule and what it remembers.
final class ReferenceRule {
  final Rule rule;

  /// Of this rule and of those it is paired with by reloads.
  long number;

  Map<Labels, ReferenceAlert> active = new LinkedHashMap<>();

  /// The series of the last evaluation that succeeded.
  Set<Labels> seriesBefore = new LinkedHashSet<>();

  String health = "unknown";

  ReferenceRule(Rule rule, long number) {
    this.rule = rule;
    this.number = number;
  }

  boolean isAlert() {
    return rule instanceof AlertRule;
  }

  /// What rules are paired by when their group is changed.
  List<Object> nameAndLabels() {
    return List.of(isAlert(), rule.name(), rule.labelTexts());
  }

  /// All that decides how it behaves.
  List<Object> text() {
    return switch (rule) {
      case AlertRule alert ->
          List.of(
              alert.name(),
              alert.query(),
              alert.forMs(),
              alert.keepFiringForMs(),
              alert.labelTexts(),
              alert.annotationTexts());
      case RecordingRule recording ->
          List.of(recording.name(), recording.query(), recording.labels());
    };
  }

  /// What it tells.
  Expected expected(Told told, boolean ofLost) {
    return new Expected(number, told, ofLost);
  }

  RuleSeen seen() {
    return new RuleSeen(
        rule.name(),
        rule.query(),
        health,
        active.values().stream()
            .filter(ReferenceAlert::isActive)
            .sorted(Comparator.comparing(alert -> alert.labels))
            .map(ReferenceAlert::seen)
            .toList());
  }
}
