package dev.tocsin.engine;

import dev.tocsin.rules.state.StateReader;
import dev.tocsin.rules.state.StateWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntConsumer;

/// Series of groups that a reload took away. They get a stale marker, dated back to the reload
/// (less the group's query offset), after two intervals of their group: until then a renamed rule
/// may have taken them over. Engine's thread.
final class FadingSeries {
  /// @param endMs the time of the marker
  /// @param dueMs when it is written
  private record Batch(List<Integer> ids, long endMs, long dueMs) {}

  private final RuleWriter writer;
  private final List<Batch> batches = new ArrayList<>();

  FadingSeries(RuleWriter writer) {
    this.writer = writer;
  }

  void add(List<Integer> ids, long endMs, long dueMs) {
    if (!ids.isEmpty()) {
      batches.add(new Batch(List.copyOf(ids), endMs, dueMs));
    }
  }

  void fade(long nowMs) {
    Iterator<Batch> all = batches.iterator();
    while (all.hasNext()) {
      Batch batch = all.next();
      if (batch.dueMs <= nowMs) {
        writer.fade(batch.ids, batch.endMs);
        all.remove();
      }
    }
  }

  long deadlineMs() {
    long deadlineMs = Long.MAX_VALUE;
    for (Batch batch : batches) {
      deadlineMs = Math.min(deadlineMs, batch.dueMs);
    }
    return deadlineMs;
  }

  /// The series that are to end.
  void forEach(IntConsumer visitor) {
    batches.forEach(batch -> batch.ids.forEach(visitor::accept));
  }

  void write(StateWriter out) throws IOException {
    out.number(batches.size());
    for (Batch batch : batches) {
      out.number(batch.endMs);
      out.number(batch.dueMs);
      Ids.write(out, batch.ids);
    }
  }

  /// @param series how many there are
  void read(StateReader in, int series) throws IOException {
    int count = in.count();
    for (int i = 0; i < count; i++) {
      long endMs = in.number();
      long dueMs = in.number();
      add(Ids.read(in, series), endMs, dueMs);
    }
  }
}
