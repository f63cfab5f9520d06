package dev.tocsin.store.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// An open-addressing table from a hash to a series number, linear probing, at most two thirds
/// full; never shrinks. One thread writes; any thread may read while it does: it sees a new entry
/// whole or not yet.
final class HashSlots {
  private static final VarHandle NUMBER = MethodHandles.arrayElementVarHandle(int[].class);

  private final long[] tags;

  /// Series number + 1; 0: free.
  private final int[] numbers;

  private int used;

  /// `capacity` is a power of two.
  HashSlots(int capacity) {
    tags = new long[capacity];
    numbers = new int[capacity];
  }

  boolean isFull() {
    return used >= numbers.length / 3 * 2;
  }

  /// Twice the size; takes about 10 ns an entry, once for every doubling.
  HashSlots larger() {
    HashSlots larger = new HashSlots(numbers.length * 2);
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] != 0) {
        larger.put(tags[i], numbers[i] - 1);
      }
    }
    return larger;
  }

  void put(long hash, int number) {
    int at = first(hash);
    while (numbers[at] != 0) {
      at = next(at);
    }
    tags[at] = hash;
    NUMBER.setRelease(numbers, at, number + 1);
    used++;
  }

  /// The slot where probing starts.
  int first(long hash) {
    return (int) (hash >>> 32) & (numbers.length - 1);
  }

  int next(int slot) {
    return (slot + 1) & (numbers.length - 1);
  }

  /// -1: free, and the end of probing. To be read before [#tag].
  int number(int slot) {
    return (int) NUMBER.getAcquire(numbers, slot) - 1;
  }

  long tag(int slot) {
    return tags[slot];
  }
}
