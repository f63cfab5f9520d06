package dev.tocsin.store.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.batch.StaleMarker;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChunkCodecTest {
  private final BitWriter out = new BitWriter(ChunkCodec.BYTES_MAX);

  private int roundTrip(String what, long[] times, double[] values) {
    out.clear();
    int bytes = ChunkCodec.encode(out, times, values, 0, times.length);
    assertThat(bytes).as(what).isLessThanOrEqualTo(ChunkCodec.BYTES_MAX);
    // Elsewhere, and with other bits behind: only the bits themselves may count.
    byte[] moved = new byte[bytes + 3 + BitWriter.SLACK_BYTES];
    Arrays.fill(moved, (byte) 0xff);
    System.arraycopy(out.bytes(), 0, moved, 3, bytes);
    long[] decodedTimes = new long[times.length + 1];
    double[] decodedValues = new double[times.length + 1];
    ChunkCodec.decode(moved, 3, times.length, times[0], decodedTimes, decodedValues, 1);
    assertThat(Arrays.copyOfRange(decodedTimes, 1, times.length + 1)).as(what).isEqualTo(times);
    assertThat(bits(Arrays.copyOfRange(decodedValues, 1, times.length + 1)))
        .as(what)
        .isEqualTo(bits(values));
    return bytes;
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  @Test
  void generatedSamplesComeBackBitForBit() {
    for (long seed = 0; seed < 3000; seed++) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      int count = 1 + random.nextInt(ChunkCodec.SAMPLES_MAX);
      long[] times = new long[count];
      double[] values = new double[count];
      long time = random.nextLong(-(1L << 50), 1L << 50);
      double value = 0;
      int timeShape = random.nextInt(Shapes.COUNT);
      int valueShape = random.nextInt(Shapes.COUNT);
      for (int i = 0; i < count; i++) {
        boolean mixed = random.nextInt(8) == 0;
        time = Shapes.nextTime(random, mixed ? random.nextInt(Shapes.COUNT) : timeShape, time);
        value = Shapes.nextValue(random, mixed ? random.nextInt(Shapes.COUNT) : valueShape, value);
        times[i] = time;
        values[i] = value;
      }
      roundTrip("seed " + seed, times, values);
    }
  }

  @Test
  void theWorstCaseFits() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    long[] times = new long[ChunkCodec.SAMPLES_MAX];
    double[] values = new double[ChunkCodec.SAMPLES_MAX];
    for (int i = 1; i < times.length; i++) {
      times[i] = times[i - 1] + (i % 2 == 0 ? 1L << 43 : 1);
    }
    Arrays.setAll(
        values,
        i ->
            Double.longBitsToDouble(
                i % 2 == 0 ? random.nextLong() | 1 | 1L << 63 : random.nextLong() >>> 1 & ~1L));
    assertThat(roundTrip("worst", times, values)).isGreaterThan(2000);
  }

  @Test
  void everyWidthOfAStepComesBack() {
    for (int bit = 0; bit < 51; bit++) {
      for (long near : new long[] {-1, 0, 1}) {
        long step = Math.max(1, (1L << bit) + near);
        long[] times = {-step, 0, step, step + 1, 2 * step + 1};
        roundTrip("step " + step, times, new double[times.length]);
      }
    }
  }

  @Test
  void payloadsOfNotANumberSurvive() {
    double[] values = {
      StaleMarker.VALUE,
      Double.longBitsToDouble(StaleMarker.NORMAL_NAN_BITS),
      StaleMarker.VALUE,
      Double.longBitsToDouble(0xfff0000000000001L),
      Double.POSITIVE_INFINITY,
      -0.0
    };
    roundTrip("NaN", LongStream.range(0, values.length).toArray(), values);
  }

  @Test
  void regularSeriesAreSmall() {
    int count = 96;
    long[] times = LongStream.range(0, count).map(i -> i * 15_000).toArray();
    double[] constant = new double[count];
    Arrays.fill(constant, 42);
    double[] counter = new double[count];
    Arrays.setAll(counter, i -> 1000 + 3 * i);
    assertThat(roundTrip("constant", times, constant)).isLessThanOrEqualTo(count / 4 + 8);
    assertThat(roundTrip("counter", times, counter)).isLessThan(count * 2);
  }
}
