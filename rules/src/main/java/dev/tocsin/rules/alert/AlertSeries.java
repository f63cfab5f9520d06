package dev.tocsin.rules.alert;

import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.file.TemplateEntry;

/// The series in which an alert shows: `ALERTS` by state, and `ALERTS_FOR_STATE`.
public record AlertSeries(Labels pending, Labels firing, Labels forState) {
  static final AlertSeries NONE = new AlertSeries(Labels.empty(), Labels.empty(), Labels.empty());

  private static final String STATE = "alertstate";

  /// The rule's labels as written lie below the alert's: where a template came out empty, its text
  /// shows here (as in Prometheus).
  static AlertSeries of(AlertRule rule, Labels alert) {
    Labels.Builder labels = Labels.builder();
    for (TemplateEntry label : rule.labels()) {
      labels.set(label.name(), label.text());
    }
    labels.setAll(alert);
    labels.set(Labels.METRIC_NAME, "ALERTS_FOR_STATE");
    Labels forState = labels.build();
    labels.set(Labels.METRIC_NAME, "ALERTS");
    labels.set(STATE, AlertState.PENDING.word());
    Labels pending = labels.build();
    labels.set(STATE, AlertState.FIRING.word());
    return new AlertSeries(pending, labels.build(), forState);
  }

  Labels of(AlertState state) {
    return state == AlertState.FIRING ? firing : pending;
  }
}
