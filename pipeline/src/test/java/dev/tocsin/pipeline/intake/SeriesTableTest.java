package dev.tocsin.pipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class SeriesTableTest {
  private static final Tenant A = new Tenant("a");
  private static final Tenant B = new Tenant("b");

  private record Name(Tenant tenant, Labels labels) {}

  @Test
  void findsWhatAMapFinds() {
    long seed = 99;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    SeriesTable table = new SeriesTable(100_000, 64 << 20, seed);
    Map<Name, Integer> expected = new HashMap<>();
    for (int i = 0; i < 60_000; i++) {
      Name name =
          new Name(
              random.nextBoolean() ? A : B,
              Labels.of("__name__", "m" + random.nextInt(20), "i", "" + random.nextInt(1000)));
      byte[] key = SeriesKey.of(name.labels);
      int ref = table.find(name.tenant, key, 0, key.length);
      assertThat(ref).as("seed %d, step %d", seed, i).isEqualTo(expected.getOrDefault(name, -1));
      if (ref < 0) {
        expected.put(name, table.add(name.tenant, name.labels));
      }
    }
    assertThat(table.size()).isEqualTo(expected.size()).isGreaterThan(20_000);
    assertThat(expected.values()).doesNotHaveDuplicates();
  }

  @Test
  void isReadWhileItGrows() throws Exception {
    SeriesTable table = new SeriesTable(60_000, 64 << 20, 5);
    AtomicInteger added = new AtomicInteger();
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      Future<Integer> reader = threads.submit(() -> findUntilFull(table, added));
      for (int i = 0; i < table.seriesMax(); i++) {
        assertThat(table.add(A, labels(i))).isEqualTo(i);
        added.set(i + 1);
      }
      assertThat(reader.get()).isNotNegative();
    }
  }

  private static int findUntilFull(SeriesTable table, AtomicInteger added) {
    long seed = 5;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int found = 0;
    for (int size = 0; size < table.seriesMax(); size = added.get()) {
      int i = random.nextInt(size + 1);
      byte[] key = key(i);
      int ref = table.find(A, key, 0, key.length);
      // The one after the newest may be there already, or not.
      if (i < size || ref >= 0) {
        assertThat(ref).as("seed %d", seed).isEqualTo(i);
        found++;
      }
    }
    return found;
  }

  private static byte[] key(int i) {
    return SeriesKey.of(labels(i));
  }

  private static Labels labels(int i) {
    return Labels.of("__name__", "metric", "i", Integer.toString(i));
  }

  @Test
  void seriesAndTheirNamesAreBounded() {
    SeriesNames names = new SeriesNames(1);
    SeriesTable table = new SeriesTable(2, 10_000, names);
    assertThat(table.hasRoomFor(A, 10_000)).isTrue();
    assertThat(table.hasRoomFor(A, 10_001)).isFalse();
    table.add(A, Labels.of("a", "1"));
    int left = (int) (10_000 - names.bytes());
    assertThat(table.hasRoomFor(A, left)).isTrue();
    assertThat(table.hasRoomFor(A, left + 1)).isFalse();
    table.add(B, Labels.of("a", "1"));
    assertThat(table.hasRoomFor(A, 0)).isFalse();
    assertThat(new SeriesTable(2, Long.MAX_VALUE, 1).hasRoomFor(A, Limits.SERIES_KEY_BYTES_MAX + 1))
        .isFalse();
  }

  @Test
  void aSeriesThatOthersHaveNamedIsNewHere() {
    SeriesNames names = new SeriesNames(1);
    Labels labels = Labels.of("a", "1");
    names.number(A, Labels.of("made", "by a rule"));
    names.number(A, labels);
    SeriesTable table = new SeriesTable(10, 10_000, names);
    byte[] key = SeriesKey.of(labels);
    assertThat(table.find(A, key, 0, key.length)).isEqualTo(-1);
    assertThat(table.add(A, labels)).isZero();
    assertThat(table.find(A, key, 0, key.length)).isZero();
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void tenantsAreBounded() {
    SeriesTable table = new SeriesTable(20_000, 64 << 20, 1);
    for (int i = 0; i < Limits.TENANTS_MAX; i++) {
      table.add(new Tenant("t" + i), Labels.empty());
    }
    assertThat(table.hasRoomFor(new Tenant("t0"), 0)).isTrue();
    assertThat(table.hasRoomFor(new Tenant("one more"), 0)).isFalse();
  }

  @Test
  void isRestoredInAnyOrderAndWithGaps() {
    SeriesTable table = new SeriesTable(10_000, 64 << 20, 1);
    table.restore(5000, A, Labels.of("a", "3"), 3000, 3);
    table.restore(0, A, Labels.of("a", "1"), 1000, 1);
    assertThat(table.size()).isEqualTo(5001);
    byte[] key = SeriesKey.of(Labels.of("a", "1"));
    assertThat(table.find(A, key, 0, key.length)).isZero();
    assertThat(table.last().offer(5000, 3000, 3, 3000)).isEqualTo(Refusal.DUPLICATE);
    assertThat(table.last().offer(0, 999, 3, 3000)).isEqualTo(Refusal.OUT_OF_ORDER);
    assertThat(table.add(A, Labels.of("a", "4"))).isEqualTo(5001);
    table.restore(7, A, Labels.of("a", "7"), Long.MIN_VALUE, 0);
    assertThat(table.size()).isEqualTo(5002);
    assertThat(table.last().offer(7, 3000, 3, 3000)).isNull();
  }

  @Test
  void nothingIsRestoredTwice() {
    SeriesTable table = new SeriesTable(10, 64 << 20, 1);
    table.restore(0, A, Labels.of("a", "1"), 1000, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.restore(0, A, Labels.of("a", "2"), 1000, 1))
        .withMessageContaining("twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.restore(1, A, Labels.of("a", "1"), 1000, 1))
        .withMessageContaining("twice");
  }

  @Test
  void whatIsRestoredBeyondTheLimitsGoesOnAndNothingNewComes() {
    SeriesTable table = new SeriesTable(2, 64 << 20, 1);
    for (int ref = 0; ref < 3; ref++) {
      table.restore(100 + ref, A, Labels.of("a", "" + ref), 1000, 1);
    }
    table.restoreEnd(200);
    assertThat(table.count()).isEqualTo(3);
    assertThat(table.hasRoomFor(A, 1)).isFalse();
    table.forget(100);
    table.forget(101);
    assertThat(table.hasRoomFor(A, 1)).isTrue();
    assertThat(table.add(A, Labels.of("a", "0"))).as("none is given twice").isEqualTo(200);
  }
}
