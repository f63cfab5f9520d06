package dev.tocsin.model.alert;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;

/// Something to be told about one alert. Made by the engine, the same again in every replay.
///
/// Times ending in `Ms` are Unix milliseconds; 0 where they do not apply.
///
/// @param id the same for the same decision in every replay: receivers can drop repetitions by it
/// @param seq the input that decided it; the journal is forced through this number before sending
/// @param kind what happened
/// @param group the rule group's name
/// @param labels the identity of the alert, `alertname` among them
/// @param expression the rule's expression, printed
/// @param activeAtMs when the condition was first true
/// @param firedAtMs when it began to fire
/// @param resolvedAtMs when it resolved; 0 while it fires
/// @param validUntilMs when a receiver that hears no more should take it as resolved (EndsAt)
/// @param evidence what made it so
public record AlertEvent(
    String id,
    long seq,
    Kind kind,
    Tenant tenant,
    String group,
    Labels labels,
    Labels annotations,
    String expression,
    double value,
    long activeAtMs,
    long firedAtMs,
    long resolvedAtMs,
    long validUntilMs,
    Evidence evidence) {

  /// What happened.
  public enum Kind {
    /// Began to fire.
    FIRING,
    /// Still fires; for receivers that forget (Alertmanager), by Prometheus's resend rule.
    STILL_FIRING,
    /// Fires no more.
    RESOLVED,
    /// Resolved a while ago; said again for receivers that forget.
    STILL_RESOLVED
  }

  /// The metric of identity for people: the label `alertname`.
  public String name() {
    return labels.get("alertname");
  }

  public boolean isResolved() {
    return kind == Kind.RESOLVED || kind == Kind.STILL_RESOLVED;
  }
}
