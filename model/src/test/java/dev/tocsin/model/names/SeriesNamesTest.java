package dev.tocsin.model.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class SeriesNamesTest {
  private static final List<Tenant> TENANTS =
      List.of(Tenant.DEFAULT, new Tenant("a"), new Tenant("b"));

  /// Its order by UTF-16 unit is not its order by byte: \uff01 is before it by byte.
  private static final String BEYOND = "\ud83d\ude00";

  private record Key(Tenant tenant, Labels labels) {}

  private static Labels labels(RandomGenerator random) {
    Labels.Builder builder = Labels.builder();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      String name =
          switch (random.nextInt(6)) {
            case 0 -> BEYOND;
            case 1 -> "\uff01";
            default -> "n" + random.nextInt(6);
          };
      builder.set(name, random.nextBoolean() ? "v" + random.nextInt(4) : "w\u00f6");
    }
    return builder.build();
  }

  /// Sorted by bytes, as on the wire.
  private static byte[] key(Labels labels) {
    List<String> names = new ArrayList<>(labels.toMap().keySet());
    names.sort(
        (a, b) ->
            Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
    return key(labels, names);
  }

  private static byte[] key(Labels labels, List<String> names) {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    for (String name : names) {
      for (String text : List.of(name, labels.get(name))) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        key.write(bytes.length >> 8);
        key.write(bytes.length);
        key.writeBytes(bytes);
      }
    }
    return key.toByteArray();
  }

  private static int find(SeriesNames names, Tenant tenant, byte[] key) {
    byte[] within = new byte[key.length + 7];
    System.arraycopy(key, 0, within, 3, key.length);
    return names.find(tenant, within, 3, 3 + key.length);
  }

  private static void checkAgainstAModel(SeriesNames names, long seed, int steps) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Map<Key, Integer> numbers = new HashMap<>();
    for (int step = 0; step < steps; step++) {
      Key key = new Key(TENANTS.get(random.nextInt(3)), labels(random));
      int expected = numbers.getOrDefault(key, -1);
      assertThat(names.find(key.tenant, key.labels)).as("seed %s", seed).isEqualTo(expected);
      assertThat(find(names, key.tenant, key(key.labels)))
          .as("seed %s: %s", seed, key)
          .isEqualTo(expected);
      int number = names.number(key.tenant, key.labels);
      assertThat(number).isEqualTo(expected < 0 ? numbers.size() : expected);
      numbers.put(key, number);
    }
    assertThat(names.count()).isEqualTo(numbers.size());
    numbers.forEach(
        (key, number) -> {
          assertThat(names.labels(number)).isEqualTo(key.labels);
          assertThat(names.tenant(number)).isEqualTo(key.tenant);
          assertThat(names.tenantOf(names.tenantNumber(number))).isEqualTo(key.tenant);
          assertThat(names.size(number)).isEqualTo(key.labels.size());
          List<Integer> each = new ArrayList<>();
          names.forEachLabel(number, each::add);
          for (int i = 0; i < key.labels.size(); i++) {
            int label = each.get(i);
            assertThat(names.labelName(label)).isEqualTo(key.labels.name(i));
            assertThat(names.labelValue(label)).isEqualTo(key.labels.value(i));
            assertThat(names.label(key.tenant, key.labels.name(i), key.labels.value(i)))
                .isEqualTo(label);
          }
        });
  }

  @Test
  void agreesWithAModel() {
    for (long seed = 0; seed < 20; seed++) {
      checkAgainstAModel(new SeriesNames(seed), seed, 1000);
    }
  }

  @Test
  void namesThatCollideAreToldApart() {
    for (long seed = 0; seed < 5; seed++) {
      checkAgainstAModel(new SeriesNames(new NameHash(seed, 0)), seed, 300);
      checkAgainstAModel(new SeriesNames(new NameHash(seed, 3L << 40)), seed, 300);
    }
  }

  @Test
  void theOrderOfLabelsInAKeyDoesNotMatter() {
    SeriesNames names = new SeriesNames(1);
    Labels labels = Labels.of("a", "1", "b", "2", "c", "3", "d", "4");
    int number = names.number(Tenant.DEFAULT, labels);
    List<String> order = new ArrayList<>(labels.toMap().keySet());
    for (int i = 0; i < 4; i++) {
      Collections.rotate(order, 1);
      assertThat(find(names, Tenant.DEFAULT, key(labels, order))).isEqualTo(number);
    }
    assertThat(find(names, Tenant.DEFAULT, key(labels, List.of("a", "b", "c")))).isEqualTo(-1);
    assertThat(find(names, Tenant.DEFAULT, key(labels, List.of("a", "a", "b", "c", "d"))))
        .isEqualTo(-1);
  }

  @Test
  void aKeyThatIsCutOffIsNotFound() {
    SeriesNames names = new SeriesNames(1);
    Labels labels = Labels.of("a", "1", "b", "2");
    names.number(Tenant.DEFAULT, labels);
    names.number(Tenant.DEFAULT, Labels.of("a", "1"));
    byte[] key = key(labels);
    for (int length = 1; length < key.length; length++) {
      int expected = length == key.length / 2 ? 1 : -1;
      assertThat(names.find(Tenant.DEFAULT, key, 0, length)).isEqualTo(expected);
    }
  }

  @Test
  void moreSeriesThanTheCacheHoldsKeepTheirLabels() {
    SeriesNames names = new SeriesNames(1);
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      Labels labels = Labels.of("i", "v" + i, "job", "j", "pod", "p" + i / 100);
      assertThat(names.number(Tenant.DEFAULT, labels)).isEqualTo(i);
    }
    for (int i = 0; i < count; i++) {
      assertThat(names.labels(i).get("i")).isEqualTo("v" + i);
    }
    assertThat(names.labels(5)).isSameAs(names.labels(5));
    // A value that many have is one object.
    assertThat(names.labels(5).get("pod")).isSameAs(names.labels(70).get("pod"));
  }

  @Test
  void valuesOfAnyLengthAreKept() {
    SeriesNames names = new SeriesNames(1);
    for (int length : new int[] {1, 127, 128, 16_384, 65_535, 65_536, 300_000}) {
      Labels labels = Labels.of("long", "x".repeat(length), "other", "y" + length);
      int number = names.number(Tenant.DEFAULT, labels);
      names.number(Tenant.DEFAULT, Labels.of("behind", "z" + length));
      assertThat(names.labels(number)).isEqualTo(labels);
      assertThat(names.find(Tenant.DEFAULT, labels)).isEqualTo(number);
    }
  }

  @Test
  void labelsAreListedByName() {
    SeriesNames names = new SeriesNames(1);
    for (int i = 0; i < 500; i++) {
      names.number(Tenant.DEFAULT, Labels.of("a", "x" + i % 7, "b", "y" + i));
      names.number(TENANTS.get(1), Labels.of("a", "other"));
    }
    Set<String> values = new TreeSet<>();
    names.forEachLabel(Tenant.DEFAULT, "a", label -> values.add(names.labelValue(label)));
    assertThat(values).containsExactly("x0", "x1", "x2", "x3", "x4", "x5", "x6");
    assertThat(names.labelNames(Tenant.DEFAULT)).containsExactlyInAnyOrder("a", "b");
    assertThat(names.labelNames(TENANTS.get(2))).isEmpty();
    int first = names.label(Tenant.DEFAULT, "b", "y0");
    assertThat(names.anyLabel(Tenant.DEFAULT, "b", label -> label == first)).isTrue();
    assertThat(names.anyLabel(TENANTS.get(1), "b", _ -> true)).isFalse();
  }

  @Test
  void theBytesItStatesGrowWithTextsThatAreNew() {
    SeriesNames names = new SeriesNames(1);
    names.number(Tenant.DEFAULT, Labels.of("a", "x".repeat(1000), "b", "1"));
    long first = names.bytes();
    assertThat(first).isBetween(1000L, 1800L);
    names.number(Tenant.DEFAULT, Labels.of("a", "x".repeat(1000)));
    assertThat(names.bytes() - first).isBetween(10L, 50L);
  }

  @Test
  void threadsAgreeOnNumbers() throws Exception {
    SeriesNames names = new SeriesNames(1);
    int count = 20_000;
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      List<Future<int[]>> all = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        int step = new int[] {1, 7, 11}[t]; // no divisor of the count
        all.add(threads.submit(() -> numbers(names, count, step)));
      }
      int[] first = all.getFirst().get();
      for (Future<int[]> other : all) {
        assertThat(other.get()).isEqualTo(first);
      }
    }
    assertThat(names.count()).isEqualTo(count);
  }

  private static int[] numbers(SeriesNames names, int count, int step) {
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      int at = (int) ((long) i * step % count);
      Labels labels = Labels.of("i", "v" + at, "job", "j" + at / 100);
      numbers[at] = names.number(Tenant.DEFAULT, labels);
      if (!names.labels(numbers[at]).equals(labels)
          || names.find(Tenant.DEFAULT, labels) != numbers[at]
          || find(names, Tenant.DEFAULT, key(labels)) != numbers[at]) {
        throw new AssertionError("series " + at);
      }
    }
    return numbers;
  }
}
