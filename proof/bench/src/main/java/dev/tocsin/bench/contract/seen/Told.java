package dev.tocsin.bench.contract.seen;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.AlertEvent.Kind;
import dev.tocsin.model.labels.Labels;
import java.util.Locale;

/// One notification. Two are equal where everything a receiver sees is; the evidence is not
/// compared. Times are Unix milliseconds, 0 where they do not apply.
///
/// @param atMs the time of the input at which it was told
public record Told(
    long atMs,
    Kind kind,
    String group,
    Labels labels,
    Labels annotations,
    String expression,
    double value,
    long activeAtMs,
    long firedAtMs,
    long resolvedAtMs,
    long validUntilMs) {
  public static Told of(long atMs, AlertEvent event) {
    return new Told(
        atMs,
        event.kind(),
        event.group(),
        event.labels(),
        event.annotations(),
        event.expression(),
        event.value(),
        event.activeAtMs(),
        event.firedAtMs(),
        event.resolvedAtMs(),
        event.validUntilMs());
  }

  public boolean isResolved() {
    return kind == Kind.RESOLVED || kind == Kind.STILL_RESOLVED;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d %s %s %s = %s, active %d, fired %d, resolved %d, valid until %d, %s, of %s",
        atMs,
        kind,
        group,
        labels,
        value,
        activeAtMs,
        firedAtMs,
        resolvedAtMs,
        validUntilMs,
        annotations,
        expression);
  }
}
