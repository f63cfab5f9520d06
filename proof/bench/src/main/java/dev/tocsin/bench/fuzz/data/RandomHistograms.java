package dev.tocsin.bench.fuzz.data;

import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Native histograms one after the other: of a counter with resets, or of a gauge; with bounds of
/// their own now and then, and of changing resolution.
final class RandomHistograms {
  private static final int BUCKETS_MAX = 6;
  private static final double[] BOUNDS = {0.1, 0.5, 1, 2.5, 5};
  private static final double[] NO_BOUNDS = {};

  private final SplittableRandom chance;
  private int schema;
  private boolean custom;
  private double[] positive = {};
  private double[] negative = {};
  private double zeroCount;
  private double sum;

  RandomHistograms(SplittableRandom chance) {
    this.chance = chance;
  }

  @Nullable FloatHistogram[] series(int count, boolean gauge) {
    restart();
    @Nullable FloatHistogram[] made = new @Nullable FloatHistogram[count];
    for (int i = 0; i < count; i++) {
      boolean reset = chance.nextInt(40) == 0;
      if (reset) {
        restart();
      }
      observe(gauge);
      ResetHint hint =
          gauge
              ? ResetHint.GAUGE
              : reset && chance.nextBoolean() ? ResetHint.RESET : ResetHint.UNKNOWN;
      made[i] = now(hint);
    }
    return made;
  }

  private void restart() {
    custom = chance.nextInt(4) == 0;
    schema = custom ? FloatHistogram.CUSTOM_BOUNDS : chance.nextInt(-2, 6);
    int buckets = custom ? BOUNDS.length + 1 : BUCKETS_MAX;
    positive = new double[buckets];
    negative = new double[custom ? 0 : chance.nextInt(3)];
    zeroCount = 0;
    sum = 0;
  }

  private void observe(boolean gauge) {
    if (gauge) {
      positive = new double[positive.length];
      negative = new double[negative.length];
      zeroCount = 0;
    }
    for (int i = chance.nextInt(8); i > 0; i--) {
      positive[chance.nextInt(positive.length)] += 1;
      sum += chance.nextDouble();
    }
    if (negative.length > 0) {
      negative[chance.nextInt(negative.length)] += chance.nextInt(2);
    }
    if (!custom) {
      zeroCount += chance.nextInt(2);
    }
  }

  private FloatHistogram now(ResetHint hint) {
    double count = zeroCount;
    for (double each : positive) {
      count += each;
    }
    for (double each : negative) {
      count += each;
    }
    return new FloatHistogram(
        hint,
        schema,
        custom ? 0 : 0.001,
        zeroCount,
        count,
        sum,
        buckets(positive, custom ? 0 : -2),
        buckets(negative, -1),
        custom ? BOUNDS : NO_BOUNDS);
  }

  /// In two spans with a gap, where there are enough.
  private static Buckets buckets(double[] counts, int offset) {
    if (counts.length == 0) {
      return Buckets.NONE;
    }
    if (counts.length < BUCKETS_MAX || offset == 0) {
      return new Buckets(new int[] {offset}, new int[] {counts.length}, counts.clone());
    }
    int first = counts.length / 2;
    return new Buckets(
        new int[] {offset, 3}, new int[] {first, counts.length - first}, counts.clone());
  }
}
