package dev.tocsin.engine;

import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.rules.alert.Alert;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.file.RecordingRule;
import dev.tocsin.rules.file.TextEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes views of what the engine's thread has published: costs that thread nothing. Any thread.
final class Views {
  private Views() {}

  static EngineView of(List<GroupRun> groups, String reloadProblem) {
    return new EngineView(groups.stream().map(Views::group).toList(), reloadProblem);
  }

  private static EngineView.Group group(GroupRun group) {
    GroupDefinition definition = group.definition;
    GroupRun.Counts counts = group.counts();
    return new EngineView.Group(
        definition.key().file(),
        definition.key().name(),
        definition.intervalMs(),
        group.grid.offsetMs(),
        definition.queryOffsetMs(),
        definition.limit(),
        Math.max(0, counts.lastEvaluationMs()),
        group.tookNanos(),
        counts.evaluations(),
        counts.missed(),
        group.rules.stream().map(Views::rule).toList());
  }

  private static EngineView.Rule rule(RuleRun run) {
    RuleRun.Status status = run.status();
    List<EngineView.Alert> alerts = new ArrayList<>();
    AlertState state = AlertState.INACTIVE;
    Map<Labels, Alert> all = new HashMap<>(status.alerts());
    // What fired before its slot fires.
    all.putAll(run.early());
    all.putAll(run.blind());
    List<Alert> sorted = new ArrayList<>(all.values());
    sorted.sort(Comparator.comparing(Alert::labels));
    for (Alert alert : sorted) {
      if (alert.isActive()) {
        alerts.add(alert(alert));
        state = alert.state().compareTo(state) > 0 ? alert.state() : state;
      }
    }
    boolean alerting = run.rule instanceof AlertRule;
    long forMs = 0;
    long keepFiringForMs = 0;
    List<TextEntry> annotations = List.of();
    switch (run.rule) {
      case AlertRule rule -> {
        forMs = rule.forMs();
        keepFiringForMs = rule.keepFiringForMs();
        annotations = rule.annotationTexts();
      }
      case RecordingRule _ -> {}
    }
    return new EngineView.Rule(
        alerting ? EngineView.Kind.ALERTING : EngineView.Kind.RECORDING,
        run.rule.name(),
        run.rule.query(),
        forMs,
        keepFiringForMs,
        labels(run.rule.labelTexts()),
        labels(annotations),
        status.health(),
        status.lastError(),
        Math.max(0, status.lastEvaluationMs()),
        run.tookNanos(),
        state,
        alerts);
  }

  private static EngineView.Alert alert(Alert alert) {
    return new EngineView.Alert(
        alert.labels(),
        alert.annotations(),
        alert.state(),
        alert.value(),
        alert.activeAtMs(),
        alert.firedAtMs(),
        alert.keepFiringSinceMs(),
        alert.evidence());
  }

  private static Labels labels(List<TextEntry> entries) {
    Labels.Builder labels = Labels.builder();
    entries.forEach(entry -> labels.set(entry.name(), entry.text()));
    return labels.build();
  }
}
