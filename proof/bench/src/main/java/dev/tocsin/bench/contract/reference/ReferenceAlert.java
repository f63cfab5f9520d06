package dev.tocsin.bench.contract.reference;

import dev.tocsin.bench.contract.seen.AlertSeen;
import dev.tocsin.bench.contract.seen.Told;
import dev.tocsin.model.alert.AlertEvent.Kind;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.labels.Labels;

/// One alert. Times are Unix milliseconds.
final class ReferenceAlert {
  static final long NEVER = Long.MIN_VALUE / 2;

  final Labels labels;

  /// Of the result, the metric's name included.
  Labels element;

  Labels annotations;
  double value;
  AlertState state = AlertState.PENDING;
  long activeAtMs;
  long firedAtMs = NEVER;
  long resolvedAtMs = NEVER;
  long lastSentMs = NEVER;
  long validUntilMs = NEVER;
  long keepFiringSinceMs = NEVER;

  ReferenceAlert(Labels labels, Labels element, Labels annotations, double value, long activeAtMs) {
    this.labels = labels;
    this.element = element;
    this.annotations = annotations;
    this.value = value;
    this.activeAtMs = activeAtMs;
  }

  ReferenceAlert copy() {
    ReferenceAlert copy = new ReferenceAlert(labels, element, annotations, value, activeAtMs);
    copy.state = state;
    copy.firedAtMs = firedAtMs;
    copy.resolvedAtMs = resolvedAtMs;
    copy.lastSentMs = lastSentMs;
    copy.validUntilMs = validUntilMs;
    copy.keepFiringSinceMs = keepFiringSinceMs;
    return copy;
  }

  boolean isActive() {
    return state != AlertState.INACTIVE;
  }

  AlertSeen seen() {
    boolean fires = state == AlertState.FIRING;
    return new AlertSeen(
        labels,
        annotations,
        state,
        value,
        activeAtMs,
        fires ? firedAtMs : 0,
        fires && keepFiringSinceMs != NEVER ? keepFiringSinceMs : 0);
  }

  Told told(long nowMs, Kind kind, String group, String expression) {
    boolean resolved = kind == Kind.RESOLVED || kind == Kind.STILL_RESOLVED;
    return new Told(
        nowMs,
        kind,
        group,
        labels,
        annotations,
        expression,
        value,
        activeAtMs,
        firedAtMs,
        resolved ? resolvedAtMs : 0,
        resolved ? resolvedAtMs : validUntilMs);
  }
}
