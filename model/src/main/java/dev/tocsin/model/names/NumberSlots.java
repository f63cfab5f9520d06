package dev.tocsin.model.names;

import java.lang.invoke.VarHandle;

/// An open-addressing table from a hash to a number, linear probing, 8 bytes a place: the upper
/// half of the hash, and the number + 1; zero is free. It has 64 segments, each at most three
/// quarters full, that grow by a quarter at a time and by themselves: so growing takes a fraction
/// of a millisecond even with a million entries.
///
/// One thread writes; any thread reads meanwhile, and sees an entry whole or not yet, with all that
/// was written before it. With fences rather than the accessors of a [VarHandle]: C1 compiles those
/// to calls.
final class NumberSlots {
  private static final int SEGMENTS = 64;
  private static final int FIRST_PLACES = 16;
  private static final long TAG = -1L << Integer.SIZE;

  private final long[][] segments = new long[SEGMENTS][FIRST_PLACES];
  private final int[] used = new int[SEGMENTS];

  /// The places in which an entry with this hash is.
  long[] places(long hash) {
    long[] places = segments[segment(hash)];
    VarHandle.acquireFence();
    return places;
  }

  private static int segment(long hash) {
    return (int) hash & (SEGMENTS - 1);
  }

  /// Where probing starts.
  static int first(long[] places, long hash) {
    return (int) (((hash >>> Integer.SIZE) * places.length) >>> Integer.SIZE);
  }

  static int next(long[] places, int place) {
    return place + 1 == places.length ? 0 : place + 1;
  }

  /// Zero: free, and the end of probing.
  static long entry(long[] places, int place) {
    long entry = places[place];
    VarHandle.acquireFence();
    return entry;
  }

  /// Whether the entry may be one with this hash.
  static boolean fits(long entry, long hash) {
    return ((entry ^ hash) & TAG) == 0;
  }

  static int number(long entry) {
    return (int) entry - 1;
  }

  void put(long hash, int number) {
    int segment = segment(hash);
    long[] places = segments[segment];
    if (++used[segment] > places.length / 4 * 3) {
      places = larger(places);
      VarHandle.releaseFence();
      segments[segment] = places;
    }
    place(places, (hash & TAG) | (number + 1));
  }

  private static long[] larger(long[] places) {
    long[] larger = new long[places.length + Math.max(FIRST_PLACES, places.length / 16 * 4)];
    for (long entry : places) {
      if (entry != 0) {
        place(larger, entry);
      }
    }
    return larger;
  }

  private static void place(long[] places, long entry) {
    int place = first(places, entry);
    while (places[place] != 0) {
      place = next(places, place);
    }
    VarHandle.releaseFence();
    places[place] = entry;
  }
}
