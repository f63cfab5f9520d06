package dev.tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.store.chunk.ChunkLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class StoreConcurrencyTest {
  private static final int SERIES = 9000;
  private static final int BUSY = 5;
  private static final int APPENDS = 3_000_000;

  private final Store store =
      new Store(new StoreLimits(SERIES, 1 << 20), new SeriesNames(1), new ChunkLog(16 << 12, 12));
  private volatile boolean done;

  /// The k-th sample of a busy series: time and value follow from k.
  private static long time(long k) {
    return 10 * k + k % 7;
  }

  private static double value(int id, long timeMs) {
    return timeMs * 1000 + id;
  }

  private void write() {
    long[] next = new long[BUSY];
    for (int i = 0; i < APPENDS; i++) {
      if (i % (APPENDS / SERIES) == 0 && store.seriesCount() < SERIES) {
        int id = store.intern(Tenant.DEFAULT, Labels.of("i", "" + store.seriesCount(), "x", "y"));
        if (id >= BUSY) {
          store.append(id, 1, id);
        }
      }
      int id = i % BUSY;
      if (id < store.seriesCount()) {
        long time = time(next[id]++);
        store.append(id, time, value(id, time));
      }
    }
    done = true;
  }

  /// Returns how much it read.
  private long read(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    long[] last = new long[BUSY];
    long read = 0;
    boolean more = true;
    while (more) {
      more = !done;
      for (int id = 0; id < Math.min(BUSY, store.seriesCount()); id++) {
        long newest = store.lastTimeMs(id);
        check(newest >= last[id] || newest == Long.MIN_VALUE, "time ran backwards");
        last[id] = Math.max(0, newest);
        long min = newest - random.nextInt(10_000);
        long max = random.nextBoolean() ? Long.MAX_VALUE : min + random.nextInt(10_000);
        read += checkSamples(id, store.read(id, min, max), min, max);
      }
      checkIndex(random);
    }
    return read;
  }

  private static int checkSamples(int id, Samples samples, long min, long max) {
    for (int i = samples.from(); i < samples.to(); i++) {
      long time = samples.timesMs()[i];
      check(time >= min && time <= max, "outside of what was asked for");
      check(samples.values()[i] == value(id, time), "a torn sample");
      check(time == time(time / 10), "a time that was never written");
      if (i > samples.from()) {
        check(time / 10 == samples.timesMs()[i - 1] / 10 + 1, "a hole");
      }
    }
    return samples.count();
  }

  private void checkIndex(RandomGenerator random) {
    int[] ids = store.ids(Tenant.DEFAULT, "x", "y");
    for (int i = 0; i < ids.length; i++) {
      check(ids[i] == i, "a hole in the postings");
    }
    if (ids.length > BUSY) {
      int id = random.nextInt(BUSY, ids.length);
      Labels labels = store.labels(id);
      check(labels.get("i").equals("" + id) && labels.size() == 2, "torn labels");
      int found = store.find(Tenant.DEFAULT, labels);
      check(found == id || (found < 0 && id == ids.length - 1), "a series not found");
      Samples samples = store.read(id, 0, 10);
      check(samples.count() == 1 || id == ids.length - 1, "a lost sample");
      int[] own = store.ids(Tenant.DEFAULT, "i", "" + id);
      check(own.length == 1 && own[0] == id, "a wrong posting");
    }
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  @Test
  void readersNeverSeeAnythingHalf() throws InterruptedException, ExecutionException {
    try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
      List<Future<Long>> reading = new ArrayList<>();
      for (long seed = 0; seed < 2; seed++) {
        long own = seed;
        reading.add(readers.submit(() -> read(own)));
      }
      try {
        write();
      } finally {
        done = true;
      }
      for (Future<Long> reader : reading) {
        assertThat(reader.get()).isPositive();
      }
    }
    assertThat(store.stats().blocksDropped()).isPositive();
    assertThat(store.seriesCount()).isEqualTo(SERIES);
  }
}
