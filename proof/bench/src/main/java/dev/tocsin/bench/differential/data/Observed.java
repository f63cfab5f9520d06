package dev.tocsin.bench.differential.data;

import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// The histogram of one series: observes a little more before each sample.
final class Observed {
  private static final double[] BOUNDS = {0.1, 0.5, 1, 2.5, 10};
  private static final int BUCKETS = 14;

  /// Observations in each bucket from the start, and after a reset: many, since the peer's version
  /// extrapolates otherwise where a counter was at zero a short while ago.
  private static final int BASE = 4000;

  private final RandomGenerator chance;
  private final int schema;
  private final int first;
  private final double[] positive;
  private final double[] negative = new double[BUCKETS];
  private double zeros;
  private double zeroThreshold = 0x1p-128;
  private double sum;
  private double unit = 1;
  private boolean signed;
  private boolean changing;
  private boolean widening;
  private boolean gauge;
  private int shownSchema;

  Observed(RandomGenerator chance, int schema) {
    this.chance = chance;
    this.schema = schema;
    this.shownSchema = schema;
    boolean custom = schema == FloatHistogram.CUSTOM_BOUNDS;
    this.first = custom ? 0 : chance.nextInt(-9, 3);
    this.positive = new double[custom ? BOUNDS.length + 1 : BUCKETS];
  }

  /// Counts that are no whole numbers.
  Observed fractional() {
    unit = 0.37;
    return this;
  }

  /// The resolution changes now and then.
  Observed changing() {
    changing = true;
    return this;
  }

  /// Observes negative values too.
  Observed signed() {
    signed = true;
    return this;
  }

  /// The zero bucket gets wider now and then.
  Observed widening() {
    widening = true;
    return this;
  }

  /// Goes up and down.
  Observed gauge() {
    gauge = true;
    signed = true;
    return this;
  }

  FloatHistogram next() {
    if (gauge || sum == 0 || chance.nextInt(70) == 0) {
      begin(sum == 0 ? BASE : BASE / 2);
    }
    observe();
    if (changing && chance.nextInt(12) == 0) {
      shownSchema = chance.nextInt(schema + 1);
    }
    if (widening && chance.nextInt(15) == 0) {
      zeroThreshold = Math.scalb(1.0, first - chance.nextInt(1, 4));
    }
    double count = zeros + Arrays.stream(positive).sum() + Arrays.stream(negative).sum();
    boolean custom = schema == FloatHistogram.CUSTOM_BOUNDS;
    FloatHistogram full =
        new FloatHistogram(
            gauge ? ResetHint.GAUGE : ResetHint.UNKNOWN,
            schema,
            custom ? 0 : zeroThreshold,
            zeros,
            count,
            sum,
            buckets(positive),
            buckets(negative),
            custom ? BOUNDS : new double[0]);
    return custom ? full : full.toSchema(shownSchema);
  }

  private void begin(int base) {
    sum = 0;
    for (int i = 0; i < positive.length; i++) {
      positive[i] = chance.nextInt(4) == 0 ? 0 : (base + chance.nextInt(100)) * unit;
      sum += positive[i] * (i + 1) * 0.31;
      negative[i % BUCKETS] = signed && chance.nextBoolean() ? base * unit : 0;
    }
    zeros = schema == FloatHistogram.CUSTOM_BOUNDS ? 0 : chance.nextInt(2) * base * unit;
    zeroThreshold = 0x1p-128;
  }

  private void observe() {
    for (int i = 0; i < positive.length; i++) {
      double more = chance.nextInt(4) == 0 ? chance.nextInt(7) * unit : 0;
      positive[i] += more;
      sum += more * (i + 1) * 0.31;
      if (signed && chance.nextInt(5) == 0) {
        double below = chance.nextInt(4) * unit;
        negative[i] += below;
        sum -= below * (i + 1) * 0.29;
      }
    }
    if (schema != FloatHistogram.CUSTOM_BOUNDS && chance.nextInt(3) == 0) {
      zeros += chance.nextInt(3) * unit;
    }
  }

  /// Spans without the empty buckets.
  private Buckets buckets(double[] counts) {
    List<Integer> offsets = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    double[] kept = new double[counts.length];
    int size = 0;
    int end = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        continue;
      }
      int index = first + i;
      if (size > 0 && index == end) {
        lengths.set(lengths.size() - 1, lengths.getLast() + 1);
      } else {
        offsets.add(size == 0 ? index : index - end);
        lengths.add(1);
      }
      end = index + 1;
      kept[size++] = counts[i];
    }
    return new Buckets(
        offsets.stream().mapToInt(Integer::intValue).toArray(),
        lengths.stream().mapToInt(Integer::intValue).toArray(),
        Arrays.copyOf(kept, size));
  }
}
