package dev.tocsin.engine.wheel;

import java.util.Arrays;

/// The slots of one level: lists of timers, by a number that only grows; the slot of a number is
/// that number modulo the size. Knows which slots are not empty.
final class Ring {
  private static final int NONE = -1;

  /// How many slots there are; a power of two.
  final int size;

  /// The place of the first slot among those of all levels.
  final int base;

  private final Links links;
  private final int[] heads;
  private final int[] counts;
  private final long[] filled;
  private int all;

  Ring(int size, int base, Links links) {
    this.size = size;
    this.base = base;
    this.links = links;
    this.heads = new int[size];
    this.counts = new int[size];
    this.filled = new long[size / 64];
    Arrays.fill(heads, NONE);
  }

  int slot(long number) {
    return (int) (number & (size - 1));
  }

  int count(long number) {
    return counts[slot(number)];
  }

  /// Timers in all slots.
  int all() {
    return all;
  }

  /// The newest timer of a slot, or a negative number.
  int first(long number) {
    return heads[slot(number)];
  }

  void add(long number, int id) {
    int slot = slot(number);
    int head = heads[slot];
    links.next[id] = head;
    links.previous[id] = NONE;
    links.places[id] = (short) (base + slot);
    if (head != NONE) {
      links.previous[head] = id;
    }
    heads[slot] = id;
    counts[slot]++;
    all++;
    filled[slot >> 6] |= 1L << slot;
  }

  void remove(int id) {
    int slot = links.places[id] - base;
    int next = links.next[id];
    int previous = links.previous[id];
    if (previous == NONE) {
      heads[slot] = next;
    } else {
      links.next[previous] = next;
    }
    if (next != NONE) {
      links.previous[next] = previous;
    }
    counts[slot]--;
    all--;
    if (heads[slot] == NONE) {
      filled[slot >> 6] &= ~(1L << slot);
    }
  }

  /// The first number from `from` to below `end` whose slot is not empty; `end` where there is
  /// none. Not more than the size apart.
  long nextFilled(long from, long end) {
    long number = from;
    while (number < end) {
      int slot = slot(number);
      long bits = filled[slot >> 6] >>> slot;
      if (bits != 0) {
        return Math.min(end, number + Long.numberOfTrailingZeros(bits));
      }
      number += 64 - (slot & 63);
    }
    return end;
  }

  /// What all levels know of each timer.
  static final class Links {
    final int[] next;
    final int[] previous;

    /// The slot that a timer is in, counted over all levels.
    final short[] places;

    Links(int timersMax) {
      next = new int[timersMax];
      previous = new int[timersMax];
      places = new short[timersMax];
    }
  }
}
