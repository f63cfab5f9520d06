package dev.tocsin.store.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// One label of one tenant, and the numbers of the series that have it, ascending. Its name and
/// value are the only copies of these texts: series refer to the posting by its key.
///
/// One thread adds; any thread reads.
final class Posting {
  private static final VarHandle COUNT = count();
  private static final int[] NONE = {};

  final String name;
  final String value;

  /// Dense, from 0, over all tenants.
  final int key;

  /// The only id, or the first of many: most values of the labels that make memory scarce (pods,
  /// paths) have one series, and no array.
  private int first;

  private int[] ids = NONE;
  private int count;

  Posting(String name, String value, int key) {
    this.name = name;
    this.value = value;
    this.key = key;
  }

  private static VarHandle count() {
    try {
      return MethodHandles.lookup().findVarHandle(Posting.class, "count", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// Larger than those before.
  void add(int id) {
    int at = count;
    if (at == 0) {
      first = id;
    } else {
      if (at >= ids.length) {
        ids = Arrays.copyOf(ids, at + at / 2 + 1);
        ids[0] = first;
      }
      ids[at] = id;
    }
    COUNT.setRelease(this, at + 1);
  }

  /// A copy.
  int[] ids() {
    int published = (int) COUNT.getAcquire(this);
    return published == 1 ? new int[] {first} : Arrays.copyOf(ids, published);
  }
}
