package dev.tocsin.engine.stream;

import dev.tocsin.model.page.LivePages;
import dev.tocsin.model.page.ObjectPages;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The partitions that a series is in, by its id. Engine's thread.
final class SeriesIndex {
  private static final Partition[] NONE = {};

  /// Null, a [Partition], or an array of several.
  private final ObjectPages<Object> entries = new ObjectPages<>();

  /// Series that are in any, by page.
  private final LivePages live = new LivePages();

  void add(int id, Partition partition) {
    switch (entries.get(id)) {
      case null -> {
        drop(live.add(id));
        entries.set(id, partition);
      }
      case Partition one when one != partition -> entries.set(id, new Partition[] {one, partition});
      case Partition[] several when !contains(several, partition) -> {
        Partition[] more = Arrays.copyOf(several, several.length + 1);
        more[several.length] = partition;
        entries.set(id, more);
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
    switch (entries.get(id)) {
      case Partition one when one == partition -> clear(id);
      case Partition[] several -> {
        Partition[] rest =
            Arrays.stream(several).filter(one -> one != partition).toArray(Partition[]::new);
        if (rest.length == 0) {
          clear(id);
        } else {
          entries.set(id, rest.length == 1 ? rest[0] : rest);
        }
      }
      case null, default -> {}
    }
  }

  /// The series is in none any more.
  void clear(int id) {
    if (entries.get(id) != null) {
      entries.set(id, null);
      drop(live.remove(id));
    }
  }

  private void drop(int id) {
    if (id != LivePages.NONE) {
      entries.drop(id);
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
    return entries.get(id) instanceof Partition one ? one : null;
  }

  Partition[] all(int id) {
    Partition one = only(id);
    return one == null ? several(id) : new Partition[] {one};
  }

  Partition[] several(int id) {
    return entries.get(id) instanceof Partition[] several ? several : NONE;
  }
}
