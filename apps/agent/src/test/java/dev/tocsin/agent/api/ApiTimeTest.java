package dev.tocsin.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTimeTest {
  private static Form form(String name, String value) throws IOException {
    return Form.of(
        FakeRequest.get("/?" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1.5, 1500",
    "1435781430.781, 1435781430781",
    "1.4357814e9, 1435781400000",
    "-2, -2000",
    "0x1p3, 8000",
    "1.0005, 1000",
    "0.29, 290",
    "-0.0006, -1",
    "-292273086-05-16T16:47:06Z, -9223309901257974000",
    "292277025-08-18T07:12:54.999999999Z, 9223309901257974999",
    "2015-07-01T20:10:30.781Z, 1435781430781",
    "2015-07-01T22:10:30.781+02:00, 1435781430781",
  })
  void timesAreUnixSecondsOrRfc3339(String text, long ms) throws IOException {
    assertThat(ApiTime.timeMs(form("time", text), "time")).isEqualTo(ms);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "1d",
        "0x10",
        "1f",
        "1e400",
        "NaN",
        "2015-07-01 20:10:30",
        "2015-07-01T20:10Z"
      })
  void otherTimesAreBadData(String text) throws IOException {
    Form form = form("start", text);
    assertThatThrownBy(() -> ApiTime.timeMs(form, "start"))
        .isInstanceOf(ApiException.class)
        .hasMessage(
            "invalid parameter \"start\": cannot parse \"" + text + "\" to a valid timestamp");
  }

  @Test
  void anAbsentTimeHasADefault() throws IOException {
    assertThat(ApiTime.timeMs(form("x", ""), "time", 42)).isEqualTo(42);
  }

  @ParameterizedTest
  @CsvSource({"15, 15000", "0.25, 250", "1m30s, 90000", "1d, 86400000", "-1, -1000"})
  void durationsAreSecondsOrWritten(String text, long ms) throws IOException {
    assertThat(ApiTime.durationNanos(form("step", text), "step")).isEqualTo(ms * 1_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1m30", "-1s", "1.5m", "Infinity"})
  void otherDurationsAreBadData(String text) throws IOException {
    Form form = form("step", text);
    assertThatThrownBy(() -> ApiTime.durationNanos(form, "step"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("to a valid duration");
  }
}
