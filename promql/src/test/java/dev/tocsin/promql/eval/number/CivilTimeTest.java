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
  void whatIsNoTimeIsTheEndOfTime() {
    for (double value :
        new double[] {
          Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300, -0x1p63
        }) {
      double[] ours = {
        CivilTime.year(value), CivilTime.month(value), CivilTime.dayOfMonth(value),
        CivilTime.dayOfYear(value), CivilTime.dayOfWeek(value), CivilTime.hour(value),
        CivilTime.minute(value), CivilTime.daysInMonth(value)
      };
      assertThat(ours).as("%s", value).containsExactly(292277026596.0, 12, 4, 339, 0, 15, 30, 31);
    }
  }

  @Test
  void timesFarAwayAreThoseOfPrometheus() {
    assertThat(CivilTime.year(-1e17)).isEqualTo(-3168871881.0);
    assertThat(CivilTime.dayOfMonth(-1e17)).isEqualTo(27);
    assertThat(CivilTime.hour(-1e17)).isEqualTo(14);
    assertThat(CivilTime.year(9e18)).isEqualTo(285198648531.0);
    assertThat(CivilTime.dayOfYear(9e18)).isEqualTo(111);
  }
}
