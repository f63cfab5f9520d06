package dev.tocsin.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Histograms nobody checked: no method of them hangs or fails, except where it says so.
class HostileHistogramsTest {
  private static final int[] INTEGERS = {
    0, 1, -1, 2, 3, 5, -7, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 20, -(1 << 30)
  };
  private static final double[] NUMBERS = {
    0,
    1,
    -1,
    0.5,
    3,
    1e300,
    -1e300,
    Double.longBitsToDouble(0x7ff8000000000001L),
    Double.MIN_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    -0.0
  };
  private static final int[] SCHEMAS = {
    0, 1, 8, -4, -53, -53, 9, 52, -9, -52, Integer.MAX_VALUE, Integer.MIN_VALUE
  };

  private static final List<ResetHint> HINTS = List.of(ResetHint.values());

  private final Random random = new Random(11);

  private double number() {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private double[] numbers(int max) {
    double[] numbers = new double[random.nextInt(max)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number();
    }
    return numbers;
  }

  private Buckets buckets() {
    int[] offsets = new int[random.nextInt(4)];
    int[] lengths = new int[offsets.length];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = INTEGERS[random.nextInt(INTEGERS.length)];
      lengths[i] = INTEGERS[random.nextInt(INTEGERS.length)];
    }
    return new Buckets(offsets, lengths, numbers(8));
  }

  private FloatHistogram hostile(int schema) {
    return new FloatHistogram(
        HINTS.get(random.nextInt(HINTS.size())),
        schema,
        number(),
        number(),
        number(),
        number(),
        buckets(),
        buckets(),
        numbers(4));
  }

  private int schema() {
    return SCHEMAS[random.nextInt(SCHEMAS.length)];
  }

  @Test
  void readingThemEnds() {
    for (int i = 0; i < 5000; i++) {
      FloatHistogram histogram = hostile(schema());
      List<Bucket> buckets = histogram.buckets();
      assertThat(buckets.size()).isLessThanOrEqualTo(16);
      assertThat(histogram.toString()).startsWith("{count:");
      assertThat(histogram.notation()).isNotEmpty();
      assertThat(histogram.hashCode()).isEqualTo(histogram.times(1).hashCode());
      HistogramQuantile.quantile(random.nextDouble(), histogram);
      HistogramQuantile.fraction(number(), number(), histogram);
      HistogramQuantile.stddev(histogram);
      histogram.hasOverflow();
    }
  }

  @Test
  void calculatingWithThemEnds() {
    for (int i = 0; i < 5000; i++) {
      int schema = schema();
      FloatHistogram some = hostile(schema);
      FloatHistogram other = hostile(random.nextBoolean() ? schema : schema());
      some.compact(INTEGERS[random.nextInt(INTEGERS.length)]);
      some.trimLower(number()).trimUpper(number());
      some.isResetOf(other);
      if (some.usesCustomBounds() == other.usesCustomBounds()) {
        some.plus(other);
        some.minus(other);
        HistogramSum sum = new HistogramSum(some);
        sum.add(other);
        sum.add(other);
        assertThat(sum.value().positive().size()).isLessThanOrEqualTo(24);
        HistogramMean mean = new HistogramMean(some);
        mean.add(other);
        mean.value();
      }
    }
  }

  @Test
  void oneHostilePartIsFoundOrTheWholeCanBeWritten() {
    int found = 0;
    int written = 0;
    for (int i = 0; i < 5000; i++) {
      FloatHistogram histogram = withOneHostilePart(new HistogramMaker(i).any());
      try {
        histogram.validate();
      } catch (InvalidHistogramException e) {
        assertThat(e.getMessage()).isNotEmpty();
        found++;
        continue;
      }
      ByteBuffer buffer = ByteBuffer.allocate(HistogramCodec.size(histogram));
      HistogramCodec.encode(histogram, buffer);
      assertThat(HistogramCodec.decode(buffer.flip())).isEqualTo(histogram);
      written++;
    }
    assertThat(found).isGreaterThan(1000);
    assertThat(written).isGreaterThan(100);
  }

  private FloatHistogram withOneHostilePart(FloatHistogram tame) {
    int part = random.nextInt(6);
    return new FloatHistogram(
        tame.resetHint(),
        part == 0 ? schema() : tame.schema(),
        part == 1 ? number() : tame.zeroThreshold(),
        part == 2 ? number() : tame.zeroCount(),
        tame.count(),
        tame.sum(),
        part == 3 ? buckets() : tame.positive(),
        part == 4 ? buckets() : tame.negative(),
        part == 5 ? numbers(4) : tame.customBounds());
  }
}
