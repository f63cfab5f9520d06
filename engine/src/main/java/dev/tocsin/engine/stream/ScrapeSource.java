package dev.tocsin.engine.stream;

import java.util.Arrays;

/// A source that is waited for, and its scrape that waits. Engine's thread.
final class ScrapeSource {
  static final long NOTHING = Long.MAX_VALUE;

  private static final int IDS_AT_FIRST = 16;
  private static final int[] NO_IDS = {};

  final int number;
  final long settleMs;

  /// A series of it: says what its labels are.
  final int firstId;

  /// The time of its newest scrape that looks may see.
  long settledMs = Long.MIN_VALUE;

  /// The time of its scrape that waits; [#NOTHING]: none does.
  long pendingMs = NOTHING;

  /// When that one settles.
  long dueMs;

  /// Its place in the queue of those that wait; [#NOTHING]: none. Never after [#dueMs].
  long queuedMs = NOTHING;

  private int[] ids = NO_IDS;
  private int count;

  ScrapeSource(int number, long settleMs, int firstId) {
    this.number = number;
    this.settleMs = settleMs;
    this.firstId = firstId;
  }

  boolean isWaiting() {
    return pendingMs != NOTHING;
  }

  /// A part of the scrape that waits.
  void add(int id) {
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, Math.max(IDS_AT_FIRST, count + count / 2));
    }
    ids[count++] = id;
  }

  int count() {
    return count;
  }

  int id(int index) {
    return ids[index];
  }

  /// The scrape waits no more. Its series are still to be had until the next one waits.
  void settle() {
    settledMs = pendingMs;
    pendingMs = NOTHING;
  }

  void forget() {
    count = 0;
  }
}
