package dev.tocsin.engine;

import dev.tocsin.engine.partition.Leaves;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.rules.alert.Alert;
import dev.tocsin.rules.alert.AlertStep;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.file.Rule;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// A rule that runs. Engine's thread, but for [#status] and [#tookNanos], which any thread may
/// read.
final class RuleRun {
  /// How the last evaluation went; immutable.
  ///
  /// @param lastEvaluationMs the slot; `Long.MIN_VALUE` before the first
  record Status(Health health, String lastError, long lastEvaluationMs, Map<Labels, Alert> alerts) {
    static final Status NEW = new Status(Health.UNKNOWN, "", Long.MIN_VALUE, AlertStep.noAlerts());
  }

  final Rule rule;
  final List<VectorSelector> selectors;

  /// The longest range in the rule's expression, milliseconds.
  final long longestRangeMs;

  /// How far back it looks before its lookback, milliseconds; see [Reach#reachMs].
  final long reachMs;

  /// Whether it may fire between slots; see [Overlay].
  final boolean isWatchable;

  /// The series written by the last evaluation that succeeded, with their ids.
  Map<Labels, Integer> written = Map.of();

  /// Whether the rule or its settings may have changed since its last evaluation, or values of it
  /// were more than is kept of them.
  boolean renewed = true;

  /// Alerts that fired since the last slot, before the next; any thread may read it.
  private final ConcurrentSkipListMap<Labels, Alert> early = new ConcurrentSkipListMap<>();

  /// What an evaluation reads at most, and which series were there then; [SlotQueue].
  long cost;

  long costVersion = -1;

  private volatile Map<Labels, Alert> blind = Map.of();
  private volatile Status status = Status.NEW;
  private volatile long tookNanos;

  RuleRun(Rule rule) {
    this.rule = rule;
    this.selectors = Leaves.of(rule.expr());
    this.reachMs = Reach.reachMs(rule.expr());
    this.longestRangeMs = Reach.longestRangeMs(rule.expr());
    this.isWatchable =
        rule instanceof AlertRule alert
            && alert.expr().type() == ValueType.VECTOR
            && alert.hasLastingLabels()
            && !selectors.isEmpty();
  }

  Status status() {
    return status;
  }

  void become(Status next) {
    status = next;
  }

  void took(long nanos) {
    tookNanos = nanos;
  }

  /// How long the last evaluation took; 0 before the first.
  long tookNanos() {
    return tookNanos;
  }

  Map<Labels, Alert> alerts() {
    return status.alerts();
  }

  /// Whether it has no alert and no series.
  boolean isIdle() {
    return alerts().isEmpty() && early.isEmpty() && blind.isEmpty() && written.isEmpty();
  }

  /// Alerts that fired since the last slot, before the next. Not to be changed.
  Map<Labels, Alert> early() {
    return early;
  }

  void fireEarly(Alert alert) {
    early.put(alert.labels(), alert);
  }

  /// Alerts that say that another one is blind; see [dev.tocsin.rules.alert.BlindStep].
  Map<Labels, Alert> blind() {
    return blind;
  }

  /// @param alerts not to be changed any more
  void becomeBlind(Map<Labels, Alert> alerts) {
    blind = alerts;
  }

  void dropEarly(Labels labels) {
    early.remove(labels);
  }

  void becomeEarly(Map<Labels, Alert> alerts) {
    early.clear();
    early.putAll(alerts);
  }
}
