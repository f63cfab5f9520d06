package dev.tocsin.bench.contract;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.input.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A checkpoint and the journal after it: what is made of both is what went on.
final class Replay {
  /// @param input as the journal has it
  record Entry(long seq, long nowMs, Input input) {}

  private final byte[] checkpoint;
  private final List<Entry> journal = new ArrayList<>();
  private final List<AlertEvent> events = new ArrayList<>();

  Replay(byte[] checkpoint) {
    this.checkpoint = checkpoint;
  }

  void add(Entry entry, List<AlertEvent> told) {
    journal.add(entry);
    events.addAll(told);
  }

  /// What is wrong with it, if anything.
  ///
  /// @param original that went on
  /// @param strict whether nothing else than slots makes deadlines
  Optional<String> check(Subject original, boolean strict) {
    Subject copy = original.copy(checkpoint);
    if (!Arrays.equals(copy.bytes(), checkpoint)) {
      return Optional.of("a copy of a checkpoint is another one");
    }
    List<AlertEvent> again = new ArrayList<>();
    for (Entry entry : journal) {
      again.addAll(copy.step(entry.seq, entry.nowMs, entry.input));
    }
    if (!again.equals(events)) {
      return Optional.of("a replay told otherwise:\n  " + events + "\n  " + again);
    }
    if (strict && copy.deadlineMs() != original.deadlineMs()) {
      return Optional.of(
          "after a replay the next deadline is "
              + copy.deadlineMs()
              + " and not "
              + original.deadlineMs());
    }
    return Arrays.equals(copy.bytes(), original.bytes())
        ? Optional.empty()
        : Optional.of("after a replay the checkpoint is another one");
  }
}
