package dev.tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class MayHaveSamplesTest {
  private static final long SEED = 20_261_124;

  private final Store store = new Store(new StoreLimits(10, 1 << 20));
  private final int id = store.intern(Tenant.DEFAULT, Labels.of("__name__", "up"));

  @Test
  void aSeriesWithoutSamplesHasNone() {
    assertThat(store.mayHaveSamples(id, Long.MIN_VALUE, Long.MAX_VALUE)).isFalse();
  }

  @Test
  void ofTheNewestSamplesEveryOneCounts() {
    assertThat(store.append(id, 1000, 1)).isTrue();
    assertThat(store.append(id, 3000, 1)).isTrue();
    assertThat(store.mayHaveSamples(id, 1000, 1000)).isTrue();
    assertThat(store.mayHaveSamples(id, 1001, 2999)).isFalse();
    assertThat(store.mayHaveSamples(id, 3001, Long.MAX_VALUE)).isFalse();
    assertThat(store.mayHaveSamples(id, Long.MIN_VALUE, 999)).isFalse();
  }

  @Test
  void whereSamplesAreItNeverSaysNo() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    long time = 0;
    for (int i = 0; i < 5000; i++) {
      // A full window of 128 seals 96: the gaps are between chunks.
      time += i % 96 == 0 ? 100_000 : 1 + random.nextInt(20);
      assertThat(store.append(id, time, i)).isTrue();
    }
    int no = 0;
    for (int i = 0; i < 5000; i++) {
      long from = random.nextLong(time + 1000) - 500;
      long to = from + random.nextInt(60_000);
      boolean may = store.mayHaveSamples(id, from, to);
      boolean has = store.read(id, from, to).count() > 0;
      assertThat(may || !has).as("seed " + SEED + ": " + from + " to " + to).isTrue();
      no += may ? 0 : 1;
    }
    assertThat(store.mayHaveSamples(id, Long.MIN_VALUE, 0)).isFalse();
    assertThat(store.mayHaveSamples(id, time + 1, Long.MAX_VALUE)).isFalse();
    assertThat(no).as("gaps between chunks that were seen").isPositive();
  }
}
