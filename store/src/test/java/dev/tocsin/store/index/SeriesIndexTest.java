package dev.tocsin.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class SeriesIndexTest {
  private record Key(Tenant tenant, Labels labels) {}

  private static final List<Tenant> TENANTS =
      List.of(Tenant.DEFAULT, new Tenant("a"), new Tenant("b"));

  private static Labels labels(RandomGenerator random) {
    Labels.Builder builder = Labels.builder();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      builder.set("n" + random.nextInt(8), random.nextBoolean() ? "v" + random.nextInt(4) : "w");
    }
    return builder.build();
  }

  private static void checkAgainstAModel(SeriesIndex index, long seed, int steps) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Map<Key, Integer> ids = new HashMap<>();
    Map<Tenant, Map<String, Map<String, TreeSet<Integer>>>> postings = new HashMap<>();
    for (int step = 0; step < steps; step++) {
      Key key = new Key(TENANTS.get(random.nextInt(3)), labels(random));
      int expected = ids.getOrDefault(key, -1);
      assertThat(index.find(key.tenant, key.labels)).as("seed %s", seed).isEqualTo(expected);
      if (expected < 0) {
        int id = index.create(key.tenant, key.labels);
        assertThat(id).isEqualTo(ids.size());
        ids.put(key, id);
        key.labels.forEach(
            (name, value) ->
                postings
                    .computeIfAbsent(key.tenant, _ -> new TreeMap<>())
                    .computeIfAbsent(name, _ -> new TreeMap<>())
                    .computeIfAbsent(value, _ -> new TreeSet<>())
                    .add(id));
      }
    }
    assertThat(index.count()).isEqualTo(ids.size());
    ids.forEach(
        (key, id) -> {
          assertThat(index.labels(id)).isEqualTo(key.labels);
          assertThat(index.tenant(id)).isEqualTo(key.tenant);
        });
    postings.forEach(
        (tenant, names) -> {
          assertThat(index.labelNames(tenant)).containsExactlyElementsOf(names.keySet());
          names.forEach(
              (name, values) -> {
                assertThat(index.labelValues(tenant, name))
                    .containsExactlyElementsOf(values.keySet());
                values.forEach(
                    (value, expected) ->
                        assertThat(index.ids(tenant, name, value))
                            .as("seed %s", seed)
                            .isEqualTo(expected.stream().mapToInt(i -> i).toArray()));
              });
        });
    for (Tenant tenant : TENANTS) {
      assertThat(index.ids(tenant))
          .isEqualTo(
              ids.entrySet().stream()
                  .filter(entry -> entry.getKey().tenant.equals(tenant))
                  .mapToInt(Map.Entry::getValue)
                  .sorted()
                  .toArray());
    }
  }

  @Test
  void agreesWithAModel() {
    for (long seed = 0; seed < 20; seed++) {
      checkAgainstAModel(new SeriesIndex(seed), seed, 2000);
    }
  }

  @Test
  void seriesThatCollideAreToldApart() {
    for (long seed = 0; seed < 5; seed++) {
      checkAgainstAModel(new SeriesIndex((_, _) -> 42), seed, 300);
      checkAgainstAModel(new SeriesIndex((_, labels) -> -labels.size()), seed, 300);
    }
  }

  @Test
  void moreSeriesThanTheCacheHoldsKeepTheirLabels() {
    SeriesIndex index = new SeriesIndex(1);
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      assertThat(index.create(Tenant.DEFAULT, Labels.of("i", "v" + i, "job", "j"))).isEqualTo(i);
    }
    for (int i = 0; i < count; i++) {
      assertThat(index.labels(i).get("i")).isEqualTo("v" + i);
      assertThat(index.find(Tenant.DEFAULT, Labels.of("job", "j", "i", "v" + i))).isEqualTo(i);
    }
    assertThat(index.ids(Tenant.DEFAULT, "job", "j")).hasSize(count);
    assertThat(index.labels(5)).isSameAs(index.labels(5));
  }

  @Test
  void theHashDependsOnSeedTenantAndWhereATextEnds() {
    LabelHash hash = LabelHash.seeded(1);
    Labels labels = Labels.of("ab", "c");
    long expected = hash.of(Tenant.DEFAULT, labels);
    assertThat(hash.of(Tenant.DEFAULT, Labels.of("ab", "c"))).isEqualTo(expected);
    assertThat(LabelHash.seeded(2).of(Tenant.DEFAULT, labels)).isNotEqualTo(expected);
    assertThat(hash.of(TENANTS.get(1), labels)).isNotEqualTo(expected);
    assertThat(hash.of(Tenant.DEFAULT, Labels.of("a", "bc"))).isNotEqualTo(expected);
    assertThat(hash.of(Tenant.DEFAULT, Labels.of("ab", "c\0"))).isNotEqualTo(expected);
  }

  @Test
  void theHashSpreads() {
    LabelHash hash = LabelHash.seeded(0);
    boolean[] taken = new boolean[1 << 16];
    int collisions = 0;
    for (int i = 0; i < taken.length; i++) {
      long tag = hash.of(Tenant.DEFAULT, Labels.of("__name__", "cpu", "instance", "host-" + i));
      int place = (int) (tag >>> 32) & (taken.length - 1);
      collisions += taken[place] ? 1 : 0;
      taken[place] = true;
    }
    // A random function leaves 1/e of the places free: 24,109 collisions, give or take some
    // hundred.
    assertThat(collisions).isBetween(23_500, 24_700);
  }
}
