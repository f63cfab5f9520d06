package dev.tocsin.bench.differential.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Choices of one query, from its seed.
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  /// From 0 to `bound - 1`.
  int below(int bound) {
    return random.nextInt(bound);
  }

  long between(long from, long to) {
    return random.nextLong(from, to + 1);
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /// Some of them, in their order; at least one where there is one.
  <T> List<T> some(List<T> all) {
    List<T> some = new ArrayList<>();
    for (T each : all) {
      if (random.nextBoolean()) {
        some.add(each);
      }
    }
    return some.isEmpty() && !all.isEmpty() ? List.of(of(all)) : some;
  }
}
