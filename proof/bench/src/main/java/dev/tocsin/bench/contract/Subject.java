package dev.tocsin.bench.contract;

import dev.tocsin.bench.contract.seen.GroupSeen;
import dev.tocsin.bench.contract.seen.SeriesSeen;
import dev.tocsin.bench.contract.seen.Told;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.input.Input;
import java.util.List;

/// What is held against the simulation: an engine, or one with a mistake.
public interface Subject {
  /// As the engine's own.
  List<AlertEvent> step(long seq, long nowMs, Input input);

  /// What of these a receiver sees.
  default List<Told> told(long nowMs, List<AlertEvent> events) {
    return events.stream().map(event -> Told.of(nowMs, event)).toList();
  }

  /// Of the last step those that were told before the slots of this input had ended: conditions may
  /// have been judged before some rules wrote.
  default List<AlertEvent> toldInSlot() {
    return List.of();
  }

  long deadlineMs();

  List<GroupSeen> groups();

  /// Those with samples, in the order of their creation.
  List<SeriesSeen> series();

  /// The checkpoint.
  byte[] bytes();

  /// Another one, of such bytes.
  Subject copy(byte[] bytes);
}
