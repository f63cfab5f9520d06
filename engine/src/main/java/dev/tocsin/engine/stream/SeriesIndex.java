package dev.tocsin.engine.stream;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The partitions that a series is in, by its id. Engine's thread.
final class SeriesIndex {
  private static final Partition[] NONE = {};

  /// Null, a [Partition], or an array of several.
  private @Nullable Object[] entries = new @Nullable Object[0];

  void add(int id, Partition partition) {
    if (id >= entries.length) {
      entries = Arrays.copyOf(entries, Math.max(id + 1, entries.length + entries.length / 2 + 64));
    }
    switch (entries[id]) {
      case null -> entries[id] = partition;
      case Partition one when one != partition -> entries[id] = new Partition[] {one, partition};
      case Partition[] several when !contains(several, partition) -> {
        Partition[] more = Arrays.copyOf(several, several.length + 1);
        more[several.length] = partition;
        entries[id] = more;
      }
      default -> {}
    }
  }

  private static boolean contains(Partition[] several, Partition partition) {
    for (Partition one : several) {
      if (one == partition) {
        return true;
      }
    }
    return false;
  }

  void remove(int id, Partition partition) {
    switch (id < entries.length ? entries[id] : null) {
      case Partition one when one == partition -> entries[id] = null;
      case Partition[] several -> {
        Partition[] rest =
            Arrays.stream(several).filter(one -> one != partition).toArray(Partition[]::new);
        entries[id] = rest.length == 0 ? null : rest.length == 1 ? rest[0] : rest;
      }
      case null, default -> {}
    }
  }

  /// The partition of this rule; null: none.
  @Nullable Partition of(int id, Watch watch) {
    Partition one = only(id);
    if (one != null) {
      return one.watch == watch ? one : null;
    }
    for (Partition each : several(id)) {
      if (each.watch == watch) {
        return each;
      }
    }
    return null;
  }

  @Nullable Partition only(int id) {
    return id < entries.length && entries[id] instanceof Partition one ? one : null;
  }

  Partition[] all(int id) {
    Partition one = only(id);
    return one == null ? several(id) : new Partition[] {one};
  }

  Partition[] several(int id) {
    return id < entries.length && entries[id] instanceof Partition[] several ? several : NONE;
  }
}
