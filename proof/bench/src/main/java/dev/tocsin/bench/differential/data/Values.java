package dev.tocsin.bench.differential.data;

import java.util.random.RandomGenerator;

/// Gives the values of one series, one after the other.
interface Values {
  /// The sample that says that a series has ended. Source: Prometheus, model/value.
  double STALE = Double.longBitsToDouble(0x7ff0000000000002L);

  double next(long timeMs);

  static Values counter(RandomGenerator chance) {
    double[] total = {chance.nextInt(3) == 0 ? 0 : chance.nextInt(5000)};
    double unit = chance.nextBoolean() ? 1 : 0.173;
    return _ -> {
      if (chance.nextInt(60) == 0) {
        total[0] = chance.nextInt(3) * unit;
      } else if (chance.nextInt(4) != 0) {
        total[0] += chance.nextInt(40) * unit;
      }
      return total[0];
    };
  }

  static Values wave(RandomGenerator chance) {
    double base = chance.nextDouble(-20, 60);
    double height = chance.nextDouble(1, 30);
    double periodMs = chance.nextDouble(200_000, 1_800_000);
    return timeMs ->
        base + height * Math.sin(timeMs / periodMs * 2 * Math.PI) + chance.nextDouble(-1, 1);
  }

  /// Few different values, so that there are ties.
  static Values smallWhole(RandomGenerator chance) {
    return _ -> chance.nextInt(6);
  }

  /// Stays for a while, then another.
  static Values steps(RandomGenerator chance) {
    double[] now = {chance.nextInt(-10, 10)};
    return _ -> {
      if (chance.nextInt(9) == 0) {
        now[0] = chance.nextInt(-100, 100) / 4.0;
      }
      return now[0];
    };
  }

  /// Each of them some of the time among usual values.
  static Values sometimes(RandomGenerator chance, double... odd) {
    return _ ->
        chance.nextInt(3) == 0 ? odd[chance.nextInt(odd.length)] : chance.nextInt(-50, 50) / 8.0;
  }

  static Values constant(double value) {
    return _ -> value;
  }
}
