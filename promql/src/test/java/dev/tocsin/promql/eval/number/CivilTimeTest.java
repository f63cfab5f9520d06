package dev.tocsin.promql.eval.number;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class CivilTimeTest {
  @Test
  void theCalendarIsThatOfJava() {
    long seed = 20_260_821;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 20_000; i++) {
      long seconds = random.nextLong(-100_000_000_000L, 100_000_000_000L);
      LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
      double s = (double) seconds;
      double[] ours = {
        CivilTime.year(s), CivilTime.month(s), CivilTime.dayOfMonth(s), CivilTime.dayOfYear(s),
        CivilTime.dayOfWeek(s), CivilTime.hour(s), CivilTime.minute(s), CivilTime.daysInMonth(s)
      };
      assertThat(ours)
          .as("seed %d, %d seconds", seed, seconds)
          .containsExactly(
              time.getYear(),
              time.getMonthValue(),
              time.getDayOfMonth(),
              time.getDayOfYear(),
              time.getDayOfWeek().getValue() % 7,
              time.getHour(),
              time.getMinute(),
              time.toLocalDate().lengthOfMonth());
    }
  }

  @Test
  void whatIsNoTimeDoesNoHarm() {
    for (double value :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300}) {
      assertThat(CivilTime.hour(value)).isBetween(0.0, 23.0);
      assertThat(CivilTime.month(value)).isBetween(1.0, 12.0);
    }
  }
}
