package dev.tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.tenant.Tenant;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Series that are removed, and what is left of them.
class StoreRemovalTest {
  private static final StoreLimits LIMITS = new StoreLimits(50_000, 4 << 20);

  /// By id: what it is called, and its last time.
  private final TreeMap<Integer, Labels> there = new TreeMap<>();

  private final Map<Integer, Long> lastMs = new TreeMap<>();

  private static Labels labels(int number) {
    return Labels.of("__name__", "m" + number % 3, "pod", "p" + number, "zone", "z" + number % 7);
  }

  private static byte[] bytes(Store store) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.writeTo(new DataOutputStream(out));
    return out.toByteArray();
  }

  private static Store read(byte[] bytes) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    Store read = Store.readFrom(new DataInputStream(in), LIMITS);
    assertThat(in.available()).isZero();
    return read;
  }

  private void compare(Store store, String what) {
    assertThat(store.seriesCount()).as(what).isEqualTo(there.size());
    assertThat(store.allIds()).as(what).containsExactly(ints(there.keySet()));
    assertThat(store.ids(Tenant.DEFAULT)).as(what).containsExactly(ints(there.keySet()));
    for (int zone = 0; zone < 7; zone++) {
      String value = "z" + zone;
      List<Integer> expected = new ArrayList<>();
      there.forEach(
          (id, labels) -> {
            if (labels.get("zone").equals(value)) {
              expected.add(id);
            }
          });
      assertThat(store.ids(Tenant.DEFAULT, "zone", value)).as(what).containsExactly(ints(expected));
    }
    there.forEach(
        (id, labels) -> {
          assertThat(store.find(Tenant.DEFAULT, labels)).as(what).isEqualTo(id);
          assertThat(store.labels(id)).as(what).isEqualTo(labels);
          assertThat(store.lastTimeMs(id)).as(what).isEqualTo(lastMs.get(id));
          assertThat(store.read(id, 0, Long.MAX_VALUE).count()).as(what).isPositive();
        });
  }

  private static int[] ints(Iterable<Integer> numbers) {
    List<Integer> all = new ArrayList<>();
    numbers.forEach(all::add);
    return all.stream().mapToInt(Integer::intValue).toArray();
  }

  @Test
  void agreesWithAModelWhileSeriesComeAndGo() throws IOException {
    for (long seed = 0; seed < 3; seed++) {
      run(seed);
    }
  }

  private void run(long seed) throws IOException {
    String what = "seed " + seed;
    there.clear();
    lastMs.clear();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Store store = new Store(LIMITS);
    boolean renewing = false;
    long nowMs = 1000;
    for (int step = 0; step < 30_000; step++) {
      int number = step / 4 + random.nextInt(200);
      int before = store.find(Tenant.DEFAULT, labels(number));
      int id = store.intern(Tenant.DEFAULT, labels(number));
      assertThat(id).as(what).isEqualTo(before >= 0 ? before : store.idsEnd() - 1);
      assertThat(store.append(id, ++nowMs, number)).as(what).isTrue();
      there.put(id, labels(number));
      lastMs.put(id, nowMs);
      while (there.size() > 300) {
        int gone = there.firstKey();
        if (random.nextBoolean()) {
          gone = there.ceilingKey(random.nextInt(gone, there.lastKey()));
        }
        store.remove(gone);
        there.remove(gone);
        lastMs.remove(gone);
        assertThat(store.read(gone, Long.MIN_VALUE, Long.MAX_VALUE).count()).as(what).isZero();
      }
      if (step % 100 == 0) {
        store.tidy();
      }
      renewing = store.renew(random.nextInt(50));
      if (step % 5000 == 4999) {
        compare(store, what);
        Store again = read(bytes(store));
        assertThat(bytes(again)).as(what).isEqualTo(bytes(store));
        store = again;
        compare(store, what);
      }
    }
    assertThat(store.idsEnd()).as(what).isGreaterThan(7000);
    for (int piece = 0; renewing && piece < 10_000; piece++) {
      renewing = store.renew(50);
    }
    compare(store, what);
  }

  @Test
  void whatIsFrozenDoesNotKnowWhatIsRemovedMeanwhile() throws IOException {
    Store store = new Store(LIMITS);
    for (int number = 0; number < 3000; number++) {
      int id = store.intern(Tenant.DEFAULT, labels(number));
      for (int i = 0; i < 20; i++) {
        store.append(id, 1000 + i, number + i);
      }
    }
    byte[] before = bytes(store);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FrozenStore frozen = store.freeze()) {
      for (int id = 0; id < 2900; id++) {
        store.remove(id);
      }
      store.tidy();
      while (store.renew(100)) {}
      for (int number = 10_000; number < 13_000; number++) {
        int id = store.intern(Tenant.DEFAULT, labels(number));
        for (int i = 0; i < 20; i++) {
          store.append(id, 5000 + i, -1);
        }
      }
      frozen.writeTo(new DataOutputStream(out));
    }
    assertThat(out.toByteArray()).isEqualTo(before);
  }

  @Test
  void aSeriesThatComesAgainIsANewOne() {
    Store store = new Store(LIMITS);
    int first = store.intern(Tenant.DEFAULT, labels(1));
    store.append(first, 1000, 1);
    store.remove(first);
    store.remove(first);
    int second = store.intern(Tenant.DEFAULT, labels(1));
    assertThat(second).isEqualTo(1);
    assertThat(store.append(second, 500, 2)).isTrue();
    assertThat(store.read(first, 0, 9999).count()).isZero();
    assertThat(store.lastTimeMs(first)).isEqualTo(Long.MIN_VALUE);
    assertThatThrownBy(() -> store.read(2, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void roomIsForTheSeriesThatAreThere() {
    Store store = new Store(new StoreLimits(10, 0));
    for (int number = 0; number < 1000; number++) {
      int id = store.intern(Tenant.DEFAULT, labels(number));
      assertThat(id).isEqualTo(number);
      if (number >= 9) {
        store.remove(id - 9);
      }
    }
    assertThat(store.stats().seriesRefused()).isZero();
  }

  @Test
  void namesOfRemovedSeriesGoWhenTheyAreRenewed() {
    SeriesNames names = new SeriesNames(1);
    Store store = new Store(LIMITS, names);
    long most = 0;
    for (int number = 0; number < 200_000; number++) {
      int id = store.intern(Tenant.DEFAULT, labels(number));
      store.append(id, 1000, 1);
      if (id >= 1000) {
        store.remove(id - 1000);
      }
      var _ = store.renew(4);
      most = Math.max(most, names.newest().bytes());
      assertThat(store.seriesCount()).isLessThanOrEqualTo(1000);
    }
    // Live series, as many that are gone, and those that come and go while names are renewed.
    assertThat(most).isLessThan(8000L * 150);
    assertThat(store.labelValues(Tenant.DEFAULT, "pod")).hasSizeLessThan(4000).contains("p199999");
  }
}
