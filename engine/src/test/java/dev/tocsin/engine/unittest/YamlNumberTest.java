package dev.tocsin.engine.unittest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlNumberTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "-1.5e3, -1500",
    ".5, 0.5",
    "5., 5",
    "1_000, 1000",
    "0x1F, 31",
    "-0b11, -3",
    "0o17, 15",
    "017, 15",
    "+7, 7",
    ".inf, Infinity",
    "-.Inf, -Infinity",
    ".NaN, NaN"
  })
  void numbersAreReadAsGoReadsThem(String text, double value) {
    assertThat(YamlNumber.parse(text)).isEqualTo(OptionalDouble.of(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Inf", "NaN", "1d", "0x", "1:30", "e5", "--1", "_1", "1e", "0x1p3"})
  void othersAreNoNumbers(String text) {
    assertThat(YamlNumber.parse(text)).isEmpty();
  }

  @Test
  void aStartIsUnixSecondsOrATime() {
    assertThat(StartTime.parse("1609459200")).isEqualTo(OptionalLong.of(1_609_459_200_000L));
    assertThat(StartTime.parse("1.5")).isEqualTo(OptionalLong.of(1500));
    assertThat(StartTime.parse("-1.5")).isEqualTo(OptionalLong.of(-1500));
    assertThat(StartTime.parse("2024-01-01T00:00:00.25Z"))
        .isEqualTo(OptionalLong.of(1_704_067_200_250L));
    assertThat(StartTime.parse("2024-01-01T05:45:00+05:45"))
        .isEqualTo(OptionalLong.of(1_704_067_200_000L));
    assertThat(StartTime.parse("2024-01-01")).isEmpty();
    assertThat(StartTime.parse("1e20")).isEmpty();
    assertThat(StartTime.parse("1.2.3")).isEmpty();
    assertThat(StartTime.parse("+10000-01-01T00:00:00Z")).isEmpty();
  }
}
