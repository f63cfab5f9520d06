package dev.tocsin.pipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class KeyHashTest {
  private static final long SEED = 7;
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

  @Test
  void everyBitOfEveryLengthMatters() {
    KeyHash hash = new KeyHash(1);
    for (int length = 0; length <= 70; length++) {
      byte[] bytes = new byte[length + 2];
      random.nextBytes(bytes);
      Set<Long> seen = new HashSet<>();
      seen.add(hash.of(0, bytes, 1, 1 + length));
      for (int bit = 0; bit < 8 * length; bit++) {
        bytes[1 + bit / 8] ^= (byte) (1 << bit % 8);
        seen.add(hash.of(0, bytes, 1, 1 + length));
        bytes[1 + bit / 8] ^= (byte) (1 << bit % 8);
      }
      assertThat(seen).as("length %d, seed %d", length, SEED).hasSize(8 * length + 1);
    }
  }

  @Test
  void onlyTheRangeMatters() {
    KeyHash hash = new KeyHash(1);
    byte[] bytes = new byte[40];
    random.nextBytes(bytes);
    long before = hash.of(3, bytes, 5, 30);
    bytes[4]++;
    bytes[30]++;
    assertThat(hash.of(3, bytes, 5, 30)).isEqualTo(before);
  }

  @Test
  void zerosOfAnyLengthDiffer() {
    KeyHash hash = new KeyHash(1);
    Set<Long> seen = new HashSet<>();
    for (int length = 0; length <= 100; length++) {
      seen.add(hash.of(0, new byte[100], 0, length));
    }
    assertThat(seen).hasSize(101);
  }

  @Test
  void seedAndTenantMatter() {
    byte[] bytes = new byte[40];
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      seen.add(new KeyHash(i).of(0, bytes, 0, 40));
      seen.add(new KeyHash(1000).of(i, bytes, 0, 40));
    }
    assertThat(seen).hasSize(200);
  }
}
