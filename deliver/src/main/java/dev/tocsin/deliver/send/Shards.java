package dev.tocsin.deliver.send;

import java.util.Arrays;

/// How many requests may be under way at once: doubled when the sender falls behind a receiver that
/// takes what it is sent, halved when it has long been up to date. The order within a series holds,
/// since the number changes only while nothing waits. One thread.
final class Shards {
  /// Between two looks.
  private static final long LOOK_NANOS = 10_000_000_000L;

  /// So far behind is behind.
  private static final long BEHIND_MS = 10_000;

  /// So many looks in a row without it, and there are too many.
  private static final int CALM_LOOKS = 30;

  private final QueueConfig config;
  private Shard[] all;
  private int wanted;
  private long lookedNanos;
  private int calm;

  Shards(QueueConfig config, long nowNanos) {
    this.config = config;
    this.lookedNanos = nowNanos;
    this.wanted = config.minShards();
    this.all = make(wanted);
  }

  private Shard[] make(int count) {
    Shard[] made = new Shard[count];
    Arrays.setAll(made, i -> new Shard(config.capacity(), config.minBackoffMs()));
    return made;
  }

  Shard[] all() {
    return all;
  }

  /// The shard of a series.
  Shard of(int number) {
    int mixed = number * 0x9e3779b9;
    return all[(int) (((mixed & 0xffff_ffffL) * all.length) >>> 32)];
  }

  int waiting() {
    int waiting = 0;
    for (Shard shard : all) {
      waiting += shard.count();
    }
    return waiting;
  }

  /// Whether what waits should leave, so that the number can change.
  boolean isChanging() {
    return wanted != all.length;
  }

  void look(long behindMs, boolean isFailing, long nowNanos) {
    if (nowNanos - lookedNanos < LOOK_NANOS || isChanging()) {
      return;
    }
    lookedNanos = nowNanos;
    boolean behind = behindMs > BEHIND_MS;
    calm = behind || isFailing ? 0 : calm + 1;
    if (behind && !isFailing) {
      wanted = Math.min(config.maxShards(), 2 * all.length);
    } else if (calm >= CALM_LOOKS) {
      wanted = Math.max(config.minShards(), all.length / 2);
      calm = 0;
    }
  }

  /// Changes the number, if it is to be changed and nothing waits.
  void changeIfEmpty() {
    if (isChanging() && waiting() == 0) {
      all = make(wanted);
    }
  }
}
