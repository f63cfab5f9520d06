package dev.tocsin.engine.stream;

import java.util.Arrays;

/// Ids of series, ascending; only ever added to. Engine's thread.
final class Members {
  private static final int[] NONE = {};
  private int[] ids = NONE;
  private int count;

  void add(int id) {
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, count + 1 + count / 2);
    }
    ids[count++] = id;
  }

  /// Ids come in ascending order, so only the last can be there already.
  boolean has(int id) {
    return count > 0 && ids[count - 1] >= id;
  }

  int count() {
    return count;
  }

  int id(int index) {
    return ids[index];
  }
}
