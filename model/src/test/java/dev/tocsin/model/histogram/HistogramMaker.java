package dev.tocsin.model.histogram;

import java.util.Random;

/// Makes histograms for tests, by hand and by chance.
final class HistogramMaker {
  static final double[] NO_BOUNDS = {};

  private final Random random;

  HistogramMaker(long seed) {
    random = new Random(seed);
  }

  /// Exponential buckets, positive ones only, with the count of all observations.
  static FloatHistogram positive(int schema, double sum, Buckets buckets) {
    return exponential(schema, 0, 0, sum, buckets, Buckets.NONE);
  }

  static FloatHistogram exponential(
      int schema,
      double zeroThreshold,
      double zeroCount,
      double sum,
      Buckets positive,
      Buckets negative) {
    return new FloatHistogram(
        ResetHint.UNKNOWN,
        schema,
        zeroThreshold,
        zeroCount,
        zeroCount + total(positive) + total(negative),
        sum,
        positive,
        negative,
        NO_BOUNDS);
  }

  static FloatHistogram custom(double sum, Buckets buckets, double... bounds) {
    return new FloatHistogram(
        ResetHint.UNKNOWN,
        FloatHistogram.CUSTOM_BOUNDS,
        0,
        0,
        total(buckets),
        sum,
        buckets,
        Buckets.NONE,
        bounds);
  }

  /// Spans as pairs of offset and length.
  static Buckets spans(int[] offsetsAndLengths, double... counts) {
    int[] offsets = new int[offsetsAndLengths.length / 2];
    int[] lengths = new int[offsets.length];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = offsetsAndLengths[2 * i];
      lengths[i] = offsetsAndLengths[2 * i + 1];
    }
    return new Buckets(offsets, lengths, counts);
  }

  static double total(Buckets buckets) {
    double total = 0;
    for (double count : buckets.counts()) {
      total += count;
    }
    return total;
  }

  /// Any valid histogram whose counts are integers, so that sums of them are exact.
  FloatHistogram any() {
    return random.nextInt(4) == 0 ? anyCustom() : anyExponential();
  }

  /// The zero bucket ends where the first bucket begins, or before that.
  FloatHistogram anyExponential() {
    int schema = random.nextInt(13) - 4;
    int from = random.nextInt(15) - 7;
    Buckets positive = anyBuckets(from);
    Buckets negative = random.nextBoolean() ? Buckets.NONE : anyBuckets(from);
    double threshold = Bounds.exponential(from - 1 - random.nextInt(3), schema);
    return exponential(
        schema,
        random.nextInt(4) == 0 ? 0 : threshold,
        random.nextInt(10),
        random.nextInt(1000),
        positive,
        negative);
  }

  FloatHistogram anyCustom() {
    double[] bounds = new double[random.nextInt(12)];
    double bound = random.nextInt(10) - 5;
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = bound;
      bound += 1 + random.nextInt(3);
    }
    double[] counts = new double[bounds.length + 1];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = random.nextInt(5);
    }
    return custom(random.nextInt(1000), Buckets.row(0, counts), bounds);
  }

  private Buckets anyBuckets(int from) {
    int spans = random.nextInt(4);
    int[] offsets = new int[spans];
    int[] lengths = new int[spans];
    int size = 0;
    for (int i = 0; i < spans; i++) {
      offsets[i] = i == 0 ? from : random.nextInt(6);
      lengths[i] = 1 + random.nextInt(5);
      size += lengths[i];
    }
    double[] counts = new double[size];
    for (int i = 0; i < size; i++) {
      counts[i] = random.nextInt(6);
    }
    return new Buckets(offsets, lengths, counts);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  double share() {
    return random.nextDouble();
  }
}
