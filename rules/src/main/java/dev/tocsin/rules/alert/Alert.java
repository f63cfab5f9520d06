package dev.tocsin.rules.alert;

import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.labels.Labels;

/// One alert of a rule, as it stands after an evaluation. Immutable. Times are Unix milliseconds.
///
/// @param labels the identity, `alertname` among them
/// @param element the labels of the result it comes from, the metric name included
/// @param value of the last evaluation that had it
/// @param activeAtMs when the condition was first true
/// @param firedAtMs when it began to fire; 0 while it is pending for the first time
/// @param resolvedAtMs when it became inactive; 0 before
/// @param keepFiringSinceMs when it was first absent while `keep_firing_for` held it; 0: it is not
///   held
/// @param sentAtMs when it was last told; [#NEVER] before
/// @param validUntilMs until when what was told holds
/// @param evidence of the last change between firing and not
public record Alert(
    Labels labels,
    Labels element,
    Labels annotations,
    AlertState state,
    double value,
    long activeAtMs,
    long firedAtMs,
    long resolvedAtMs,
    long keepFiringSinceMs,
    long sentAtMs,
    long validUntilMs,
    Evidence evidence,
    AlertSeries series) {
  /// Before all times, and far enough from the smallest number to be added to.
  public static final long NEVER = Long.MIN_VALUE / 4;

  static Alert pending(
      Labels labels,
      Labels element,
      Labels annotations,
      double value,
      long atMs,
      AlertSeries series) {
    return new Alert(
        labels,
        element,
        annotations,
        AlertState.PENDING,
        value,
        atMs,
        0,
        0,
        0,
        NEVER,
        0,
        Evidence.NONE,
        series);
  }

  /// Seen again: value and annotations are the new ones. Whether it was in the last result, or is
  /// held as it was in one: else its annotations may be those of a rule that was changed since.
  public boolean isSeen() {
    return isActive() && keepFiringSinceMs == 0;
  }

  Alert seenAgain(Alert now) {
    return new Alert(
        labels,
        now.element,
        now.annotations,
        state,
        now.value,
        activeAtMs,
        firedAtMs,
        resolvedAtMs,
        0,
        sentAtMs,
        validUntilMs,
        evidence,
        series);
  }

  Alert keptFiring(long sinceMs) {
    return with(state, firedAtMs, resolvedAtMs, sinceMs, evidence);
  }

  Alert firing(long atMs, Evidence seen) {
    return with(AlertState.FIRING, atMs, 0, keepFiringSinceMs, seen);
  }

  /// Fires since an earlier firing did, as which it was told.
  Alert adopting(Alert early) {
    return firing(early.firedAtMs, early.evidence).sent(early.sentAtMs, early.validUntilMs);
  }

  Alert pendingAgain() {
    return with(AlertState.PENDING, firedAtMs, resolvedAtMs, keepFiringSinceMs, evidence);
  }

  /// Fires no more.
  public Alert resolved(long atMs, Evidence seen) {
    return with(AlertState.INACTIVE, firedAtMs, atMs, keepFiringSinceMs, seen);
  }

  private Alert with(
      AlertState next, long firedMs, long resolvedMs, long keptSinceMs, Evidence seen) {
    return new Alert(
        labels,
        element,
        annotations,
        next,
        value,
        activeAtMs,
        firedMs,
        resolvedMs,
        keptSinceMs,
        sentAtMs,
        validUntilMs,
        seen,
        series);
  }

  /// As told at this time, to hold until another.
  public Alert sent(long atMs, long untilMs) {
    return new Alert(
        labels,
        element,
        annotations,
        state,
        value,
        activeAtMs,
        firedAtMs,
        resolvedAtMs,
        keepFiringSinceMs,
        atMs,
        untilMs,
        evidence,
        series);
  }

  public boolean isActive() {
    return state != AlertState.INACTIVE;
  }
}
