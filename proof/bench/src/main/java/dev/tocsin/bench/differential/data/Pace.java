package dev.tocsin.bench.differential.data;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// When a series has samples.
///
/// @param everyMs between two samples
/// @param jitterMs how much later than its turn a sample may be
/// @param gaps how many of a thousand samples are followed by a gap
record Pace(long everyMs, long jitterMs, int gaps) {
  /// On the grid, so that samples lie exactly at the ends of windows.
  static final Pace GRID = new Pace(15_000, 0, 8);

  static final Pace JITTERED = new Pace(15_000, 2_500, 12);
  static final Pace SLOW = new Pace(60_000, 0, 40);

  /// From begin to end, without gaps.
  static final Pace STEADY = new Pace(60_000, 0, 0);

  static final Pace SPARSE = new Pace(130_000, 60_000, 150);

  /// The longest gap, in samples.
  private static final int GAP_MAX = 26;

  /// A time, and whether it is that of a stale marker.
  record Moment(long timeMs, boolean stale) {}

  /// Ascending, from `spanMs` before 0 to 0; some series begin late or end early.
  List<Moment> moments(RandomGenerator chance, long spanMs) {
    List<Moment> all = new ArrayList<>();
    long from = -spanMs;
    long to = 0;
    if (gaps > 0 && chance.nextInt(8) == 0) {
      from += chance.nextLong(spanMs / everyMs / 2) * everyMs;
    }
    if (gaps > 0 && chance.nextInt(8) == 0) {
      to -= chance.nextLong(spanMs / everyMs / 3) * everyMs;
    }
    long at = from;
    while (at <= to) {
      all.add(new Moment(at + (jitterMs == 0 ? 0 : chance.nextLong(jitterMs)), false));
      at += everyMs;
      if (chance.nextInt(1000) < gaps) {
        if (chance.nextBoolean()) {
          all.add(new Moment(at, true));
          at += everyMs;
        }
        at += everyMs * chance.nextInt(1, GAP_MAX);
      }
    }
    return all;
  }
}
