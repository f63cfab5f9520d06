package dev.tocsin.engine.stream;

import dev.tocsin.engine.incremental.Windows;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.store.Samples;
import dev.tocsin.store.Store;
import org.jspecify.annotations.Nullable;

/// The windows of one partition after another, out of the store. Engine's thread.
final class StoreWindows implements Windows {
  private final Store store;
  private @Nullable Partition partition;

  StoreWindows(Store store) {
    this.store = store;
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
    return store.lastTimeMs(id(leaf, member));
  }

  @Override
  public double lastValue(int leaf, int member) {
    return store.lastValue(id(leaf, member));
  }

  @Override
  public Samples lend(int leaf, int member, long minMs, long maxMs) {
    return store.lend(id(leaf, member), minMs, maxMs);
  }

  /// The time of the first sample after this one of any member; `Long.MAX_VALUE`: none.
  long firstAfterMs(long timeMs) {
    Partition now = partition();
    long firstMs = Long.MAX_VALUE;
    int leaves = now.solo >= 0 ? 1 : now.members.length;
    for (int leaf = 0; leaf < leaves; leaf++) {
      for (int i = 0; i < now.count(leaf); i++) {
        firstMs = Math.min(firstMs, firstAfterMs(now.id(leaf, i), timeMs));
      }
    }
    return firstMs;
  }

  long firstAfterMs(int id, long timeMs) {
    if (store.lastTimeMs(id) <= timeMs) {
      return Long.MAX_VALUE;
    }
    Samples later = store.lend(id, timeMs + 1, Long.MAX_VALUE);
    return later.count() == 0 ? Long.MAX_VALUE : later.timesMs()[later.from()];
  }
}
