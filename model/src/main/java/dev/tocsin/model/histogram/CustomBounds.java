package dev.tocsin.model.histogram;

import java.util.Arrays;

/// The bounds of histograms that bring their own: ascending.
final class CustomBounds {
  static final double[] NONE = {};

  private CustomBounds() {}

  static boolean same(double[] some, double[] others) {
    if (some.length != others.length) {
      return false;
    }
    for (int i = 0; i < some.length; i++) {
      if (some[i] != others[i]) {
        return false;
      }
    }
    return true;
  }

  /// The bounds that both have.
  static double[] intersection(double[] some, double[] others) {
    double[] both = new double[Math.min(some.length, others.length)];
    int size = 0;
    int mine = 0;
    int theirs = 0;
    while (mine < some.length && theirs < others.length) {
      if (some[mine] == others[theirs]) {
        both[size++] = some[mine];
        mine++;
        theirs++;
      } else if (some[mine] < others[theirs]) {
        mine++;
      } else {
        theirs++;
      }
    }
    return Arrays.copyOf(both, size);
  }
}
