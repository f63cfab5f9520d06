package dev.tocsin.engine.incremental;

import java.util.Arrays;

/// What is proven of the elements of one node during one look: whether an element is there, and
/// between which numbers its value lies, at every time looked at. A value that is not NaN is in
/// `[lo, hi]` (infinities included); where `nan` is false it is not NaN. NaN for sure: `lo > hi`.
/// Owned by its node, filled anew at each look; grows to the largest partition seen.
final class Bounds {
  /// The canonical result has no such element.
  static final byte ABSENT = 0;

  /// It may have one.
  static final byte MAYBE = 1;

  /// It has one, at all times looked at.
  static final byte PRESENT = 2;

  int size;
  byte[] presence = new byte[1];
  double[] lo = new double[1];
  double[] hi = new double[1];
  boolean[] nan = new boolean[1];

  /// Makes room; what is in it is anything.
  Bounds resized(int elements) {
    if (elements > presence.length) {
      int capacity = Math.max(elements, presence.length * 2);
      presence = new byte[capacity];
      lo = Arrays.copyOf(lo, capacity);
      hi = Arrays.copyOf(hi, capacity);
      nan = Arrays.copyOf(nan, capacity);
    }
    size = elements;
    return this;
  }

  void absent(int index) {
    presence[index] = ABSENT;
    lo[index] = 0;
    hi[index] = 0;
    nan[index] = false;
  }

  void point(int index, byte there, double value) {
    boolean isNan = Double.isNaN(value);
    presence[index] = there;
    lo[index] = isNan ? Double.POSITIVE_INFINITY : value;
    hi[index] = isNan ? Double.NEGATIVE_INFINITY : value;
    nan[index] = isNan;
  }

  /// Bounds that are NaN say nothing.
  void between(int index, byte there, double low, double high, boolean mayBeNan) {
    presence[index] = there;
    lo[index] = Double.isNaN(low) ? Double.NEGATIVE_INFINITY : low;
    hi[index] = Double.isNaN(high) ? Double.POSITIVE_INFINITY : high;
    nan[index] = mayBeNan;
  }

  void anything(int index, byte there) {
    between(index, there, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, true);
  }

  void copy(Bounds from, int source, int index) {
    presence[index] = from.presence[source];
    lo[index] = from.lo[source];
    hi[index] = from.hi[source];
    nan[index] = from.nan[source];
  }

  boolean isThere(int index) {
    return presence[index] != ABSENT;
  }

  /// Whether the value is known to the last bit.
  boolean isExact(int index) {
    return isNan(index)
        || (!nan[index]
            && Double.doubleToRawLongBits(lo[index]) == Double.doubleToRawLongBits(hi[index]));
  }

  /// NaN for sure.
  boolean isNan(int index) {
    return lo[index] > hi[index];
  }

  /// Of an exact one.
  double value(int index) {
    return isNan(index) ? Double.NaN : lo[index];
  }

  boolean isFinite(int index) {
    return !nan[index] && lo[index] > Double.NEGATIVE_INFINITY && hi[index] < Double.POSITIVE_INFINITY;
  }

  /// The weaker of two presences.
  static byte least(byte a, byte b) {
    return a < b ? a : b;
  }

  /// No element at any time looked at.
  boolean isEmpty() {
    for (int i = 0; i < size; i++) {
      if (presence[i] != ABSENT) {
        return false;
      }
    }
    return true;
  }
}
