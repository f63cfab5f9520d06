package dev.tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.store.chunk.ChunkLog;
import dev.tocsin.store.chunk.PayloadAddress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class StoreModelTest {
  private static final int BLOCK_BITS = 12;

  /// Of each series: time to the bits of the value, or to the fingerprint of the histogram.
  private final List<TreeMap<Long, Long>> model = new ArrayList<>();

  /// Of each series: the times of its histograms, and of floats that look like addresses.
  private final List<TreeSet<Long>> histogramTimes = new ArrayList<>();

  private boolean mixed;

  private static Store store(int seriesMax, long historyBytesMax) {
    return new Store(
        new StoreLimits(seriesMax, historyBytesMax),
        new SeriesNames(1),
        new ChunkLog(historyBytesMax, BLOCK_BITS));
  }

  private static NavigableMap<Long, Long> map(Samples samples) {
    TreeMap<Long, Long> map = new TreeMap<>();
    for (int i = samples.from(); i < samples.to(); i++) {
      assertThat(map.isEmpty() || map.lastKey() < samples.timesMs()[i]).isTrue();
      map.put(samples.timesMs()[i], bits(samples, i));
    }
    return map;
  }

  private static long bits(Samples samples, int i) {
    FloatHistogram histogram = samples.histograms() == null ? null : samples.histograms()[i];
    return histogram == null
        ? Double.doubleToRawLongBits(samples.values()[i])
        : EncodedHistogram.of(histogram).fingerprint();
  }

  private static FloatHistogram histogram(RandomGenerator random) {
    double[] counts = new double[random.nextInt(12)];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = random.nextBoolean() ? random.nextInt(3000) : random.nextDouble();
    }
    int[] offsets = {random.nextInt(-50, 50)};
    Buckets buckets = new Buckets(offsets, new int[] {counts.length}, counts);
    ResetHint hint = random.nextBoolean() ? ResetHint.UNKNOWN : ResetHint.GAUGE;
    double sum = value(random, 3);
    return new FloatHistogram(
        hint, random.nextInt(-4, 9), 0, 0, 1e4, sum, Buckets.NONE, buckets, new double[0]);
  }

  private static double value(RandomGenerator random, double last) {
    return switch (random.nextInt(5)) {
      case 0 -> last;
      case 1 -> StaleMarker.VALUE;
      case 2 -> Double.longBitsToDouble(random.nextLong());
      case 3 -> random.nextDouble();
      default -> last + 1;
    };
  }

  private void append(Store store, RandomGenerator random, int id, String what) {
    TreeMap<Long, Long> series = model.get(id);
    long last = series.isEmpty() ? random.nextLong(-(1L << 50), 1L << 50) : series.lastKey();
    long time = last + random.nextInt(-1, 20) * (random.nextInt(50) == 0 ? 1L << 30 : 1L);
    boolean newer = series.isEmpty() || time > last;
    if (mixed && random.nextInt(3) == 0) {
      FloatHistogram histogram = histogram(random);
      assertThat(store.appendHistogram(id, time, histogram)).as(what).isEqualTo(newer);
      if (newer) {
        series.put(time, EncodedHistogram.of(histogram).fingerprint());
        histogramTimes.get(id).add(time);
      }
      return;
    }
    double value = value(random, series.isEmpty() ? 0 : store.lastValue(id));
    if (mixed && random.nextInt(20) == 0) {
      value = Double.longBitsToDouble(0xfffcL << 48 | random.nextInt(1 << 20));
    }
    if (newer && PayloadAddress.is(value)) {
      histogramTimes.get(id).add(time);
    }
    assertThat(store.append(id, time, value)).as(what).isEqualTo(newer);
    if (newer) {
      series.put(time, Double.doubleToRawLongBits(value));
    }
  }

  private void compare(Store store, RandomGenerator random, int id, String what) {
    NavigableMap<Long, Long> all = map(store.read(id, Long.MIN_VALUE, Long.MAX_VALUE));
    TreeMap<Long, Long> series = model.get(id);
    if (series.isEmpty()) {
      assertThat(all).isEmpty();
      assertThat(store.lastTimeMs(id)).isEqualTo(Long.MIN_VALUE);
      assertThat(store.lastValue(id)).isNaN();
      return;
    }
    assertThat(store.lastTimeMs(id)).isEqualTo(series.lastKey());
    if (all.isEmpty()) {
      assertThat(mixed).as(what).isTrue();
      return;
    }
    assertThat(all).as(what).isEqualTo(expected(id, all));
    if (all.lastKey().equals(series.lastKey())) {
      assertThat(store.lastBits(id)).isEqualTo(series.lastEntry().getValue());
    }
    for (int i = 0; i < 4; i++) {
      long min = near(random, all);
      long max = near(random, all);
      NavigableMap<Long, Long> expected =
          min <= max ? all.subMap(min, true, max, true) : new TreeMap<>();
      assertThat(map(store.read(id, min, max))).as(what).isEqualTo(expected);
      assertThat(map(store.lend(id, min, max))).as(what).isEqualTo(expected);
    }
  }

  /// Histograms go in the order of their times, and may go before the floats between them.
  private NavigableMap<Long, Long> expected(int id, NavigableMap<Long, Long> all) {
    NavigableMap<Long, Long> expected = new TreeMap<>(model.get(id).tailMap(all.firstKey(), true));
    for (long time : histogramTimes.get(id)) {
      if (all.containsKey(time)) {
        break;
      }
      expected.remove(time);
    }
    return expected;
  }

  private static long near(RandomGenerator random, NavigableMap<Long, Long> all) {
    long between = random.nextLong(all.firstKey() - 5, all.lastKey() + 5);
    Long sample = all.floorKey(between);
    return sample == null || random.nextInt(4) == 0 ? between : sample + random.nextInt(-1, 2);
  }

  private long held(Store store) {
    long held = 0;
    for (int id = 0; id < store.seriesCount(); id++) {
      held += store.read(id, Long.MIN_VALUE, Long.MAX_VALUE).count();
    }
    return held;
  }

  private static Store copy(Store store, long historyBytesMax) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.writeTo(new DataOutputStream(bytes));
    ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());
    Store copy = Store.readFrom(new DataInputStream(in), store(100, historyBytesMax));
    assertThat(in.available()).isZero();
    return copy;
  }

  private StoreStats run(long seed, long historyBytesMax) throws IOException {
    String what = "seed " + seed;
    model.clear();
    histogramTimes.clear();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Store store = store(100, historyBytesMax);
    for (int step = 0; step < 12_000; step++) {
      if (model.isEmpty() || (model.size() < 8 && random.nextInt(100) == 0)) {
        assertThat(store.intern(Tenant.DEFAULT, Labels.of("i", "" + model.size())))
            .isEqualTo(model.size());
        model.add(new TreeMap<>());
        histogramTimes.add(new TreeSet<>());
      }
      int id = random.nextInt(1 + random.nextInt(model.size())); // some get many more than others
      append(store, random, id, what);
      if (random.nextInt(200) == 0) {
        compare(store, random, id, what);
      }
      if (random.nextInt(4000) == 0) {
        store = copy(store, historyBytesMax);
      }
    }
    for (int id = 0; id < model.size(); id++) {
      compare(store, random, id, what);
    }
    assertThat(store.stats().samplesHeld()).as(what).isEqualTo(held(store));
    assertThat(store.stats().samplesAppended())
        .isEqualTo(model.stream().mapToLong(TreeMap::size).sum());
    assertThat(store.stats().samplesAppended() + store.stats().samplesNotNewer()).isEqualTo(12_000);
    assertThat(store.stats().blockBytes())
        .isLessThanOrEqualTo(Math.max(historyBytesMax, mixed ? 2 << BLOCK_BITS : 0));
    return store.stats();
  }

  @Test
  void agreesWithAModelWhereEverythingIsKept() throws IOException {
    for (long seed = 0; seed < 8; seed++) {
      StoreStats stats = run(seed, 1 << 20);
      assertThat(stats.blocksDropped()).isZero();
      assertThat(stats.samplesHeld()).isEqualTo(stats.samplesAppended());
    }
  }

  @Test
  void agreesWithAModelWhereOldBlocksAreDropped() throws IOException {
    for (long seed = 100; seed < 108; seed++) {
      assertThat(run(seed, 4 << BLOCK_BITS).blocksDropped()).isPositive();
    }
  }

  @Test
  void agreesWithAModelWhereNoHistoryIsKept() throws IOException {
    for (long seed = 200; seed < 204; seed++) {
      run(seed, 0);
    }
  }

  @Test
  void agreesWithAModelOfFloatsAndHistograms() throws IOException {
    mixed = true;
    for (long seed = 300; seed < 304; seed++) {
      StoreStats stats = run(seed, 4 << 20);
      assertThat(stats.blocksDropped()).isZero();
      assertThat(stats.samplesHeld()).isEqualTo(stats.samplesAppended());
    }
    for (long seed = 304; seed < 308; seed++) {
      assertThat(run(seed, 16 << BLOCK_BITS).blocksDropped()).isPositive();
    }
    for (long seed = 308; seed < 312; seed++) {
      assertThat(run(seed, 0).blocksDropped()).isPositive();
    }
  }

  @Test
  void agreesWithAModelWhileWindowsShrink() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(9);
    Store store = store(100_000, 64 << 20);
    List<Integer> counts = List.of(60, 7000, 13_000, 25_000, 50_000);
    for (int count : counts) {
      while (model.size() < count) {
        store.intern(Tenant.DEFAULT, Labels.of("i", "" + model.size()));
        model.add(new TreeMap<>());
        histogramTimes.add(new TreeSet<>());
      }
      for (int id = 0; id < 60; id++) {
        for (int i = 0; i < 150; i++) {
          append(store, random, id * (count / 60), "shrinking");
        }
      }
      for (int id = 0; id < 60; id++) {
        compare(store, random, id * (count / 60), "shrinking");
        compare(store, random, id, "shrinking");
      }
    }
  }
}
