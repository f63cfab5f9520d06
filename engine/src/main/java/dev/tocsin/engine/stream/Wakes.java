package dev.tocsin.engine.stream;

import java.util.Arrays;

/// When partitions want to be looked at although nothing arrives: a heap of times. A partition has
/// its earliest time in it; a later one is not entered, since waking too early does no harm. An
/// entry that an earlier one of the same partition made void stays until its time. Engine's thread.
final class Wakes {
  private static final Partition[] NONE = {};
  private long[] timesMs = {};
  private Partition[] partitions = NONE;
  private int size;

  /// Wakes the partition at this time or before.
  void arm(Partition partition, long timeMs) {
    if (timeMs >= partition.wakeMs) {
      return;
    }
    partition.wakeMs = timeMs;
    if (size == timesMs.length) {
      int room = Math.max(16, size + size / 2);
      timesMs = Arrays.copyOf(timesMs, room);
      partitions = Arrays.copyOf(partitions, room);
    }
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) / 2;
      if (timesMs[parent] <= timeMs) {
        break;
      }
      move(parent, at);
      at = parent;
    }
    timesMs[at] = timeMs;
    partitions[at] = partition;
  }

  /// `Long.MAX_VALUE`: never.
  long nextMs() {
    while (size > 0 && partitions[0].wakeMs != timesMs[0]) {
      remove();
    }
    return size == 0 ? Long.MAX_VALUE : timesMs[0];
  }

  /// Takes one whose time has come; it has none then. To be called where [#nextMs] is not later.
  Partition take() {
    Partition first = partitions[0];
    first.wakeMs = Partition.NEVER_MS;
    remove();
    return first;
  }

  void clear() {
    timesMs = new long[0];
    partitions = NONE;
    size = 0;
  }

  private void remove() {
    size--;
    long timeMs = timesMs[size];
    Partition last = partitions[size];
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && timesMs[child + 1] < timesMs[child]) {
        child++;
      }
      if (timesMs[child] >= timeMs) {
        break;
      }
      move(child, at);
      at = child;
    }
    if (size > 0) {
      timesMs[at] = timeMs;
      partitions[at] = last;
    }
  }

  private void move(int from, int to) {
    timesMs[to] = timesMs[from];
    partitions[to] = partitions[from];
  }
}
