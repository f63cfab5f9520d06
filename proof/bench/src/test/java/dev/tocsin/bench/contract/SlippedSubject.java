package dev.tocsin.bench.contract;

import dev.tocsin.bench.contract.seen.GroupSeen;
import dev.tocsin.bench.contract.seen.SeriesSeen;
import dev.tocsin.bench.contract.seen.Told;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.AlertEvent.Kind;
import dev.tocsin.model.input.Input;
import java.util.List;

/// An engine that tells another value of what it tells before its slot while other slots are
/// evaluated in pieces.
final class SlippedSubject implements Subject {
  private final Subject inner;

  SlippedSubject(Subject inner) {
    this.inner = inner;
  }

  @Override
  public List<AlertEvent> step(long seq, long nowMs, Input input) {
    return inner.step(seq, nowMs, input);
  }

  @Override
  public List<AlertEvent> toldInSlot() {
    return inner.toldInSlot();
  }

  @Override
  public List<Told> told(long nowMs, List<AlertEvent> events) {
    List<AlertEvent> inSlot = inner.toldInSlot();
    return events.stream()
        .map(event -> told(nowMs, event, inSlot.contains(event) && isEarly(event)))
        .toList();
  }

  /// Its group had no slot at that time.
  private boolean isEarly(AlertEvent event) {
    return event.kind() == Kind.FIRING
        && inner.groups().stream()
            .filter(group -> group.name().equals(event.group()))
            .allMatch(group -> group.lastMs() != event.firedAtMs());
  }

  private static Told told(long nowMs, AlertEvent event, boolean slips) {
    Told told = Told.of(nowMs, event);
    return new Told(
        told.atMs(),
        told.kind(),
        told.group(),
        told.labels(),
        told.annotations(),
        told.expression(),
        slips ? told.value() + 1 : told.value(),
        told.activeAtMs(),
        told.firedAtMs(),
        told.resolvedAtMs(),
        told.validUntilMs());
  }

  @Override
  public long deadlineMs() {
    return inner.deadlineMs();
  }

  @Override
  public List<GroupSeen> groups() {
    return inner.groups();
  }

  @Override
  public List<SeriesSeen> series() {
    return inner.series();
  }

  @Override
  public byte[] bytes() {
    return inner.bytes();
  }

  @Override
  public Subject copy(byte[] bytes) {
    return inner.copy(bytes);
  }
}
