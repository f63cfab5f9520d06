package dev.tocsin.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.names.SeriesNames;
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
      checkAgainstAModel(new SeriesIndex(new SeriesNames(seed)), seed, 2000);
    }
  }

  /// Others give numbers to names too, in another order: it makes no difference.
  @Test
  void sharesNamesWithOthers() {
    for (long seed = 0; seed < 5; seed++) {
      SeriesNames names = new SeriesNames(seed);
      checkAgainstAModel(new SeriesIndex(names), seed, 500);
      checkAgainstAModel(new SeriesIndex(names), seed + 1, 500);
      names.number(TENANTS.get(2), Labels.of("only", "elsewhere"));
      SeriesIndex last = new SeriesIndex(names);
      checkAgainstAModel(last, seed + 2, 500);
      assertThat(last.find(TENANTS.get(2), Labels.of("only", "elsewhere"))).isEqualTo(-1);
      assertThat(last.labelNames(TENANTS.get(2))).doesNotContain("only");
      assertThat(last.labelValues(TENANTS.get(2), "only")).isEmpty();
      assertThat(last.ids(TENANTS.get(2), "only", "elsewhere")).isEmpty();
    }
  }

  @Test
  void moreSeriesThanTheCacheHoldsKeepTheirLabels() {
    SeriesIndex index = new SeriesIndex(new SeriesNames(1));
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
}
