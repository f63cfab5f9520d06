package dev.tocsin.engine.stream;

import dev.tocsin.engine.incremental.Windows;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.store.Samples;
import dev.tocsin.store.Store;
import org.jspecify.annotations.Nullable;

/// The windows of one partition after another, out of the store. Engine's thread.
final class StoreWindows implements Windows {
  /// How far back the last sample is looked for at first, where a newer one is hidden, in
  /// milliseconds: the lookback of most queries, and then some.
  private static final long BACK_MS = 600_000;

  private final Store store;
  private final Settling settling;
  private @Nullable Partition partition;

  /// @param settling hides what looks must not see yet
  StoreWindows(Store store, Settling settling) {
    this.store = store;
    this.settling = settling;
  }

  StoreWindows of(Partition next) {
    partition = next;
    return this;
  }

  private Partition partition() {
    Partition now = partition;
    if (now == null) {
      throw new IllegalStateException("of no partition");
    }
    return now;
  }

  private int id(int leaf, int member) {
    return partition().id(leaf, member);
  }

  @Override
  public int members(int leaf) {
    return partition().count(leaf);
  }

  @Override
  public Labels labels(int leaf, int member) {
    return store.labels(id(leaf, member));
  }

  @Override
  public boolean hasHistograms(int leaf, int member) {
    return store.hasHistograms(id(leaf, member));
  }

  @Override
  public long lastTimeMs(int leaf, int member) {
    return lastTimeMs(id(leaf, member), partition().watch);
  }

  private long lastTimeMs(int id, Watch watch) {
    long untilMs = settling.untilMs(id, watch);
    if (untilMs == Long.MAX_VALUE) {
      return store.lastTimeMs(id);
    }
    Samples shown = shown(id, untilMs);
    return shown.count() == 0 ? Long.MIN_VALUE : shown.timesMs()[shown.to() - 1];
  }

  /// Samples up to that time, the last among them.
  private Samples shown(int id, long untilMs) {
    Samples near = store.lend(id, untilMs - BACK_MS, untilMs);
    return near.count() > 0 ? near : store.lend(id, Long.MIN_VALUE, untilMs);
  }

  @Override
  public double lastValue(int leaf, int member) {
    int id = id(leaf, member);
    long untilMs = settling.untilMs(id, partition().watch);
    if (untilMs == Long.MAX_VALUE) {
      return store.lastValue(id);
    }
    Samples shown = shown(id, untilMs);
    return shown.count() == 0 ? Double.NaN : shown.values()[shown.to() - 1];
  }

  @Override
  public Samples lend(int leaf, int member, long minMs, long maxMs) {
    int id = id(leaf, member);
    return store.lend(id, minMs, Math.min(maxMs, settling.untilMs(id, partition().watch)));
  }

  /// The time of the first sample after this one of any member; `Long.MAX_VALUE`: none.
  long firstAfterMs(long timeMs) {
    Partition now = partition();
    long firstMs = Long.MAX_VALUE;
    int leaves = now.solo >= 0 ? 1 : now.members.length;
    for (int leaf = 0; leaf < leaves; leaf++) {
      for (int i = 0; i < now.count(leaf); i++) {
        firstMs = Math.min(firstMs, firstAfterMs(now.id(leaf, i), now.watch, timeMs));
      }
    }
    return firstMs;
  }

  /// The same of one series, for a look of this rule.
  long firstAfterMs(int id, Watch watch, long timeMs) {
    if (lastTimeMs(id, watch) <= timeMs) {
      return Long.MAX_VALUE;
    }
    Samples later = store.lend(id, timeMs + 1, settling.untilMs(id, watch));
    return later.count() == 0 ? Long.MAX_VALUE : later.timesMs()[later.from()];
  }
}
