package dev.tocsin.model.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class NameHashTest {
  private static final long SEED = 7;
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
  private final NameHash hash = new NameHash(1);

  private long ofValue(byte[] bytes, int from, int to) {
    return hash.label(0, bytes, 0, 0, from, to);
  }

  @Test
  void everyBitOfEveryLengthMatters() {
    for (int length = 0; length <= 70; length++) {
      byte[] bytes = new byte[length + 2];
      random.nextBytes(bytes);
      Set<Long> seen = new HashSet<>();
      seen.add(ofValue(bytes, 1, 1 + length));
      for (int bit = 0; bit < 8 * length; bit++) {
        bytes[1 + bit / 8] ^= (byte) (1 << bit % 8);
        seen.add(ofValue(bytes, 1, 1 + length));
        bytes[1 + bit / 8] ^= (byte) (1 << bit % 8);
      }
      assertThat(seen).as("length %d, seed %d", length, SEED).hasSize(8 * length + 1);
    }
  }

  @Test
  void onlyTheRangeMatters() {
    byte[] bytes = new byte[40];
    random.nextBytes(bytes);
    long before = ofValue(bytes, 5, 30);
    bytes[4]++;
    bytes[30]++;
    assertThat(ofValue(bytes, 5, 30)).isEqualTo(before);
  }

  @Test
  void zerosOfAnyLengthDiffer() {
    Set<Long> seen = new HashSet<>();
    for (int length = 0; length <= 300; length++) {
      seen.add(ofValue(new byte[300], 0, length));
    }
    assertThat(seen).hasSize(301);
  }

  @Test
  void whereTheNameEndsMatters() {
    byte[] bytes = "aaaaaaaaaaaaaaaaaaaa".getBytes(StandardCharsets.UTF_8);
    Set<Long> seen = new HashSet<>();
    for (int nameTo = 0; nameTo <= bytes.length; nameTo++) {
      seen.add(hash.label(0, bytes, 0, nameTo, nameTo, bytes.length));
    }
    assertThat(seen).hasSize(bytes.length + 1);
    assertThat(hash.label(0, "ab", "c")).isNotEqualTo(hash.label(0, "a", "bc"));
  }

  @Test
  void seedAndTenantMatter() {
    byte[] bytes = new byte[40];
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      seen.add(new NameHash(i).label(0, bytes, 0, 3, 3, 40));
      seen.add(new NameHash(1000).label(i, bytes, 0, 3, 3, 40));
      seen.add(new NameHash(i).series(0, 5));
      seen.add(new NameHash(1000).series(i, 5));
    }
    assertThat(seen).hasSize(400);
  }

  @Test
  void textAndItsBytesAreAlike() {
    for (int i = 0; i < 2000; i++) {
      String name = TextBytesTest.text(random, 40);
      String value = TextBytesTest.text(random, 40);
      byte[] nameBytes = TextBytes.of(name);
      byte[] valueBytes = TextBytes.of(value);
      byte[] both = new byte[nameBytes.length + valueBytes.length];
      System.arraycopy(nameBytes, 0, both, 0, nameBytes.length);
      System.arraycopy(valueBytes, 0, both, nameBytes.length, valueBytes.length);
      assertThat(hash.label(3, both, 0, nameBytes.length, nameBytes.length, both.length))
          .as("seed %d, %s, %s", SEED, name, value)
          .isEqualTo(hash.label(3, name, value));
    }
  }

  @Test
  void itSpreads() {
    boolean[] taken = new boolean[1 << 16];
    int collisions = 0;
    for (int i = 0; i < taken.length; i++) {
      long sum = hash.label(0, "__name__", "cpu") + hash.label(0, "instance", "host-" + i);
      int place = (int) (hash.series(0, sum) >>> 48);
      collisions += taken[place] ? 1 : 0;
      taken[place] = true;
    }
    // A random function leaves 1/e of the places free: 24,109 collisions, give or take some
    // hundred.
    assertThat(collisions).isBetween(23_500, 24_700);
  }
}
