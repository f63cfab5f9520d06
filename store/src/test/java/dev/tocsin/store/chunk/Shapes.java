package dev.tocsin.store.chunk;

import dev.tocsin.model.batch.StaleMarker;
import java.util.random.RandomGenerator;

/// Makes up samples: from what scrapers send to what only an enemy would.
final class Shapes {
  static final int COUNT = 6;

  private Shapes() {}

  static long nextTime(RandomGenerator random, int shape, long timeMs) {
    return timeMs
        + switch (shape) {
          case 0 -> 15_000;
          case 1 -> 15_000 + random.nextInt(-9, 10);
          case 2 -> 1 + random.nextInt(3);
          case 3 -> 1 + (1L << random.nextInt(45));
          case 4 -> random.nextInt(20) == 0 ? 3_600_000 : 1000;
          default -> 1 + random.nextLong(1L << 40);
        };
  }

  static double nextValue(RandomGenerator random, int shape, double value) {
    return switch (shape) {
      case 0 -> 1;
      case 1 -> value + random.nextInt(100);
      case 2 -> random.nextDouble() * 100;
      case 3 -> Double.longBitsToDouble(random.nextLong());
      case 4 -> random.nextInt(10) == 0 ? StaleMarker.VALUE : value == 0 ? -0.0 : 0.0;
      default -> Double.longBitsToDouble(1L << random.nextInt(64) | random.nextInt(2));
    };
  }
}
