package dev.tocsin.engine.stream;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// Ids of series, ascending. Engine's thread.
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

  /// Keeps those of which it is true.
  void keep(IntPredicate isThere) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (isThere.test(ids[i])) {
        ids[kept++] = ids[i];
      }
    }
    count = kept;
  }

  int count() {
    return count;
  }

  int id(int index) {
    return ids[index];
  }
}
