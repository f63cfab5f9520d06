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

  long deadlineMs();

  List<GroupSeen> groups();

  /// Those with samples, in the order of their creation.
  List<SeriesSeen> series();

  /// The checkpoint.
  byte[] bytes();

  /// Another one, of such bytes.
  Subject copy(byte[] bytes);
}
