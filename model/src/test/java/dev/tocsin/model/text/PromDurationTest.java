package dev.tocsin.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0s",
    "1s, 1000, 1s",
    "90s, 90000, 1m30s",
    "1h30m, 5400000, 1h30m",
    "1y, 31536000000, 1y",
    "1w, 604800000, 1w",
    "8d, 691200000, 8d",
    "4d1h, 349200000, 4d1h",
    "1m5ms, 60005, 1m5ms",
    "324ms, 324, 324ms"
  })
  void readsAndPrints(String text, long ms, String printed) {
    assertThat(PromDuration.parse(text)).isEqualTo(OptionalLong.of(ms));
    assertThat(PromDuration.format(ms)).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "-1m", "1.5d", "d", "1m1h", "1s1s", "999999999999999999y", "1 s"})
  void refusesWhatIsNoDuration(String text) {
    assertThat(PromDuration.parse(text)).isEmpty();
  }
}
