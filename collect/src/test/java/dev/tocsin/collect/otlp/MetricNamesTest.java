package dev.tocsin.collect.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names and what Prometheus's translator makes of them (its documentation and tests).
class MetricNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http.server.duration | s | HISTOGRAM | http_server_duration_seconds",
        "requests.count | 1 | COUNTER | requests_count_total",
        "memory.usage | By | GAUGE | memory_usage_bytes",
        "system.io | foo/bar | COUNTER | system_io_foo_per_bar_total",
        "hw.gpu.memory.utilization | 1 | GAUGE | hw_gpu_memory_utilization_ratio",
        "hw.fan.speed_ratio | 1 | GAUGE | hw_fan_speed_ratio",
        "objects | 1 | COUNTER | objects_total",
        "active.ping | By/s | GAUGE | active_ping_bytes_per_second",
        "disk.bytes | By | UP_DOWN_COUNTER | disk_bytes",
        "a.total.x | {packets} | COUNTER | a_x_total",
        "2xx.hits | '' | COUNTER | _2xx_hits_total",
        "cpu%load | % | GAUGE | cpu_load_percent",
        "a:b__c | '' | GAUGE | a:b_c",
        "x | {a}/s | GAUGE | x_per_second",
        "x | s/{a} | GAUGE | x_seconds",
        "temp | °F/h | GAUGE | temp_F_per_hour",
        "été | '' | GAUGE | t",
        "... | '' | GAUGE | ''",
        "____ | '' | GAUGE | ''",
      })
  void namesWithSuffixes(String name, String unit, MetricKind kind, String expected) {
    TranslationStrategy strategy = TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES;
    assertThat(MetricNames.of(name, unit, kind, strategy)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http.server.duration | s | HISTOGRAM | http_server_duration",
        "a__b..c | s | COUNTER | a__b_c",
        "2x | s | COUNTER | _2x",
        "____ | s | COUNTER | ____",
      })
  void escapedWithoutSuffixes(String name, String unit, MetricKind kind, String expected) {
    TranslationStrategy strategy = TranslationStrategy.UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES;
    assertThat(MetricNames.of(name, unit, kind, strategy)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http.server.duration | s | HISTOGRAM | http.server.duration_seconds",
        "a.total | By/s | COUNTER | a_bytes_per_second_total",
        "été.ratio | 1 | GAUGE | été_ratio",
        "été | 1 | COUNTER | été_total",
        "x_bytes | By | GAUGE | x_bytes",
      })
  void suffixesWithoutEscaping(String name, String unit, MetricKind kind, String expected) {
    TranslationStrategy strategy = TranslationStrategy.NO_UTF8_ESCAPING_WITH_SUFFIXES;
    assertThat(MetricNames.of(name, unit, kind, strategy)).isEqualTo(expected);
    assertThat(MetricNames.of(name, unit, kind, TranslationStrategy.NO_TRANSLATION))
        .isEqualTo(name);
  }
}
