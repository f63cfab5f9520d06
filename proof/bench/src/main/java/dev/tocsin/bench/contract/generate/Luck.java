package dev.tocsin.bench.contract.generate;

import java.util.List;
import java.util.SplittableRandom;

/// Choices from a seed.
final class Luck {
  private final SplittableRandom random;

  Luck(SplittableRandom random) {
    this.random = random;
  }

  SplittableRandom random() {
    return random;
  }

  boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  /// From 0 to below that.
  int below(int bound) {
    return random.nextInt(bound);
  }

  /// Both included.
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /// Both included.
  long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  @SafeVarargs
  final <T> T of(T... all) {
    return all[random.nextInt(all.length)];
  }

  <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
