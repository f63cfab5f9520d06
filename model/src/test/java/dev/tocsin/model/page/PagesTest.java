package dev.tocsin.model.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class PagesTest {
  @Test
  void whatWasSetIsThereAndAllElseIsZero() {
    long seed = 3;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    IntPages ints = new IntPages();
    LongPages longs = new LongPages();
    Map<Integer, Integer> model = new HashMap<>();
    for (int step = 0; step < 20_000; step++) {
      int index = random.nextInt(1 << random.nextInt(1, 21));
      int number = random.nextInt();
      ints.set(index, number);
      longs.set(index, -1L - number);
      model.put(index, number);
    }
    for (int index = 0; index < (1 << 20) + 5000; index++) {
      Integer expected = model.get(index);
      if (ints.get(index) != (expected == null ? 0 : expected)
          || longs.get(index) != (expected == null ? 0 : -1L - expected)) {
        throw new AssertionError("seed " + seed + ", index " + index);
      }
    }
    assertThat(ints.get(Integer.MAX_VALUE)).isZero();
    assertThat(longs.get(Integer.MAX_VALUE)).isZero();
    assertThat(ints.get(-1)).isZero();
    assertThat(longs.get(-1)).isZero();
  }

  @Test
  void aCopyAndItsOriginalGoTheirOwnWays() {
    IntPages ints = new IntPages();
    LongPages longs = new LongPages();
    ints.set(5000, 1);
    longs.set(5000, 1);
    IntPages intCopy = ints.copy();
    LongPages longCopy = longs.copy();
    ints.set(5000, 2);
    longs.set(5000, 2);
    ints.set(1, 3);
    longs.set(1, 3);
    intCopy.set(2, 4);
    longCopy.set(2, 4);
    assertThat(new int[] {intCopy.get(5000), intCopy.get(1), ints.get(2)}).containsExactly(1, 0, 0);
    assertThat(new long[] {longCopy.get(5000), longCopy.get(1), longs.get(2)})
        .containsExactly(1, 0, 0);
  }
}
