package dev.tocsin.model.names;

import dev.tocsin.model.labels.Labels;
import org.jspecify.annotations.Nullable;

/// The label sets last asked for, by series number: one place for every 8192nd number, so that a
/// small store builds each set once and a large one keeps at most 8192 (about 2 MB at 10 labels).
/// Any thread: an entry is immutable, and losing one to a race costs only building it again.
final class LabelsCache {
  private static final int SIZE = 1 << 13;

  private record Entry(int id, Labels labels) {}

  private final @Nullable Entry[] entries = new @Nullable Entry[SIZE];

  @Nullable Labels get(int id) {
    Entry entry = entries[id & (SIZE - 1)];
    return entry == null || entry.id != id ? null : entry.labels;
  }

  void put(int id, Labels labels) {
    entries[id & (SIZE - 1)] = new Entry(id, labels);
  }
}
