package dev.tocsin.engine.incremental;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.store.Samples;
import java.util.Arrays;

/// A long window of one series in six blocks, each a quarter of the range long: of each block its
/// count and two numbers, whatever its length. A window is covered by the blocks it touches, and
/// covers those within it, which bounds the function; a sample is added in constant time, and what
/// grows old is forgotten block by block. About 200 bytes.
final class Sketch {
  /// A range touches five blocks at most; one more, so that none is overwritten too early.
  private static final int BLOCKS = 6;

  private static final int BLOCKS_OF_RANGE = 4;

  private final WindowKind kind;
  private final long blockMs;

  /// Up to where samples were taken, and the last value; `Long.MIN_VALUE`: none.
  private long lastMs = Long.MIN_VALUE;

  private double last;

  /// The number of the newest block, counted in blocks from 1970 on.
  private long newest = Long.MIN_VALUE;

  private final int[] counts = new int[BLOCKS];

  /// Two numbers of each block: the smallest and largest value; or the sum of those below and above
  /// zero; or the first value; or how many steps there were.
  private final double[] numbers = new double[2 * BLOCKS];

  /// A bit for each block with values that the bounds do not allow for.
  private int odd;

  Sketch(WindowKind kind, long rangeMs) {
    this.kind = kind;
    this.blockMs = blockMs(rangeMs);
  }

  private static long blockMs(long rangeMs) {
    return (rangeMs + BLOCKS_OF_RANGE - 1) / BLOCKS_OF_RANGE;
  }

  /// Whether the function can be bounded from it.
  static boolean serves(WindowKind kind) {
    return switch (kind) {
      case RATE, INCREASE, MIN, MAX, MEAN, SUM, COUNT, PRESENT, SPREAD, VARIANCE, CHANGES, RESETS ->
          true;
      case DELTA, INSTANT_PAIR, LAST, FIRST, QUANTILE, SLOPE, PREDICTION, SAMPLE_TIME, OTHER -> false;
    };
  }

  long lastMs() {
    return lastMs;
  }

  /// From where a new one has to read, for windows from `startMs` on.
  static long backMs(long startMs, long rangeMs) {
    return startMs - blockMs(rangeMs);
  }

  /// Takes what came since, in order.
  void add(Samples samples) {
    for (int i = samples.from(); i < samples.to(); i++) {
      double value = samples.values()[i];
      if (!StaleMarker.is(value)) {
        add(samples.timesMs()[i], value);
      }
      lastMs = samples.timesMs()[i];
    }
  }

  private void add(long timeMs, double value) {
    long block = Math.floorDiv(timeMs, blockMs);
    boolean first = newest == Long.MIN_VALUE;
    if (first || block - newest >= BLOCKS) {
      Arrays.fill(counts, 0);
      odd = 0;
      newest = block;
    }
    while (newest < block) {
      newest++;
      counts[at(newest)] = 0;
      odd &= ~(1 << at(newest));
    }
    int at = at(block);
    if (counts[at] == 0) {
      start(at, value);
    }
    counts[at]++;
    take(at, value, first ? value : last);
    last = value;
  }

  private static int at(long block) {
    return (int) Math.floorMod(block, (long) BLOCKS);
  }

  private void start(int at, double value) {
    boolean adds = kind == WindowKind.SUM || kind == WindowKind.CHANGES || kind == WindowKind.RESETS;
    numbers[2 * at] = adds ? 0 : value;
    numbers[2 * at + 1] = adds ? 0 : value;
  }

  private void take(int at, double value, double before) {
    boolean strange =
        switch (kind) {
          case RATE, INCREASE -> !(value >= before && value >= 0 && value < 1e300);
          case CHANGES, RESETS, COUNT, PRESENT -> false;
          default -> !(Math.abs(value) < 1e150);
        };
    if (strange) {
      odd |= 1 << at;
    }
    boolean same = value == before || (Double.isNaN(value) && Double.isNaN(before));
    switch (kind) {
      case SUM -> numbers[2 * at + (value < 0 ? 0 : 1)] += value;
      case CHANGES -> numbers[2 * at] += same ? 0 : 1;
      case RESETS -> numbers[2 * at] += value < before ? 1 : 0;
      case RATE, INCREASE -> {}
      default -> {
        numbers[2 * at] = Math.min(numbers[2 * at], value);
        numbers[2 * at + 1] = Math.max(numbers[2 * at + 1], value);
      }
    }
  }

  /// Bounds of the function over all windows that start between the two times. False: it cannot
  /// tell.
  ///
  /// @param startMs samples after this are in the first window
  /// @param laterMs samples after this are in all of them
  boolean enclose(long startMs, long laterMs, double perSecond, Bounds out, int element) {
    long outer = Math.max(Math.floorDiv(startMs + 1, blockMs), newest - BLOCKS + 1);
    long core = Math.floorDiv(laterMs, blockMs) + 1;
    int possible = 0;
    int sure = 0;
    for (long block = outer; block <= newest; block++) {
      int at = at(block);
      possible += counts[at];
      sure += block >= core ? counts[at] : 0;
      if (counts[at] > 0 && (odd & (1 << at)) != 0) {
        return false;
      }
    }
    if (possible < kind.samplesMin()) {
      out.absent(element);
      return true;
    }
    byte there = sure >= kind.samplesMin() ? Bounds.PRESENT : Bounds.MAYBE;
    switch (kind) {
      case COUNT -> out.between(element, there, Math.max(1, sure), possible, false);
      case PRESENT -> out.point(element, there, 1);
      case RATE, INCREASE -> rise(outer, core, sure, perSecond, out, element, there);
      case SUM -> sum(outer, core, possible, out, element, there);
      case CHANGES, RESETS -> steps(outer, core, out, element, there);
      default -> extremes(outer, core, out, element, there);
    }
    return true;
  }

  /// A counter that does not fall: what it rose from the first value of a block to the last value.
  /// See [Extrapolated#enclose].
  private void rise(
      long outer, long core, int sure, double perSecond, Bounds out, int element, byte there) {
    double high = last - firstFrom(outer);
    double low = core <= newest ? last - firstFrom(core) : 0;
    double most = 1 + 2.2 / (Math.max(2, sure) - 1);
    if (high == 0) {
      out.between(element, there, 0, 0, false);
    } else {
      out.between(
          element,
          there,
          Math.max(0, Intervals.lower(low * perSecond)),
          Intervals.upper(high * most * perSecond),
          false);
    }
  }

  /// The first value in the blocks from this one on.
  private double firstFrom(long block) {
    for (long at = block; at <= newest; at++) {
      if (counts[at(at)] > 0) {
        return numbers[2 * at(at)];
      }
    }
    return last;
  }

  private void sum(long outer, long core, int possible, Bounds out, int element, byte there) {
    double low = 0;
    double high = 0;
    double size = 0;
    for (long block = outer; block <= newest; block++) {
      int at = at(block);
      if (counts[at] > 0) {
        double below = numbers[2 * at];
        double above = numbers[2 * at + 1];
        low += block >= core ? below + above : below;
        high += block >= core ? below + above : above;
        size += above - below;
      }
    }
    double error = size * (possible + BLOCKS) * 0x1p-50;
    out.between(element, there, low - error, high + error, false);
  }

  /// The first sample of a block may differ from one outside of the window: one less in the core.
  private void steps(long outer, long core, Bounds out, int element, byte there) {
    double low = 0;
    double high = 0;
    for (long block = outer; block <= newest; block++) {
      int at = at(block);
      high += counts[at] > 0 ? numbers[2 * at] : 0;
      low += counts[at] > 0 && block >= core ? numbers[2 * at] : 0;
    }
    out.between(element, there, Math.max(0, low - 1), high, false);
  }

  private void extremes(long outer, long core, Bounds out, int element, byte there) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double sureLow = Double.NEGATIVE_INFINITY;
    double sureHigh = Double.POSITIVE_INFINITY;
    for (long block = outer; block <= newest; block++) {
      int at = at(block);
      if (counts[at] > 0) {
        low = Math.min(low, numbers[2 * at]);
        high = Math.max(high, numbers[2 * at + 1]);
        sureHigh = block >= core ? Math.min(sureHigh, numbers[2 * at]) : sureHigh;
        sureLow = block >= core ? Math.max(sureLow, numbers[2 * at + 1]) : sureLow;
      }
    }
    double size = Math.max(Math.abs(low), Math.abs(high));
    double half = (high - low) / 2 + size * Intervals.SLACK;
    double variance = half * half * (1 + 1e-9) + Double.MIN_NORMAL;
    switch (kind) {
      case MAX -> out.between(element, there, Math.max(low, sureLow), high, false);
      case MIN -> out.between(element, there, low, Math.min(high, sureHigh), false);
      case MEAN -> {
        double error = size * Intervals.SLACK;
        out.between(element, there, low - error, high + error, false);
      }
      case SPREAD -> out.between(element, there, 0, Math.sqrt(variance) * (1 + 1e-9), false);
      default -> out.between(element, there, 0, variance, false);
    }
  }
}
