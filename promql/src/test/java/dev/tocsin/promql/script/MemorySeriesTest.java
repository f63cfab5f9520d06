package dev.tocsin.promql.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.series.SeriesDescription;
import dev.tocsin.promql.series.SeriesValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemorySeriesTest {
  private static final Labels A = Labels.of("__name__", "a");

  private final MemorySeries series = new MemorySeries();

  private SeriesData only(long minMs, long maxMs) {
    List<SeriesData> found = series.select(List.of(Matcher.equal("__name__", "a")), minMs, maxMs);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @Test
  void onlyTheTimesAskedForAreGiven() {
    for (int i = 0; i < 100; i++) {
      series.add(A, i * 10L, i);
    }
    SeriesData data = only(20, 40);
    assertThat(data.count()).isEqualTo(3);
    assertThat(data.timesMs()[data.from()]).isEqualTo(20);
    assertThat(data.values()[data.to() - 1]).isEqualTo(4);
    assertThat(only(21, 29).count()).isZero();
    assertThat(only(Long.MIN_VALUE, Long.MAX_VALUE).count()).isEqualTo(100);
    assertThat(data.histograms()).isNull();
    assertThat(data.startTimesMs()).isNull();
  }

  @Test
  void seriesComeInTheOrderInWhichTheyCame() {
    Labels b = Labels.of("__name__", "b");
    series.add(b, 0, 1);
    series.add(A, 0, 1);
    List<SeriesData> found = series.select(List.of(), 0, 0);
    assertThat(found).extracting(SeriesData::labels).containsExactly(b, A);
  }

  @Test
  void aStartTimeIsKept() {
    series.add(A, 1000, 1);
    series.add(A, 2000, 2, 500);
    assertThat(only(0, 3000).startTimesMs()).startsWith(0, 500);
  }

  @Test
  void timesOnlyGoForward() {
    series.add(A, 1000, 1);
    series.add(A, 1000, 1);
    assertThat(only(0, 1000).count()).isEqualTo(1);
    assertThatThrownBy(() -> series.add(A, 1000, 2)).hasMessageContaining("duplicate sample");
    assertThatThrownBy(() -> series.add(A, 999, 1)).hasMessageContaining("out of order");
  }

  /// The hints that a series reads back with; null for floats.
  private List<@Nullable ResetHint> hints(String values) {
    List<SeriesValue> described = SeriesDescription.parse("a " + values).values();
    for (int i = 0; i < described.size(); i++) {
      switch (described.get(i)) {
        case SeriesValue.Histogram(FloatHistogram histogram, _) -> series.add(A, i, histogram, 0);
        case SeriesValue.FloatValue(double value) -> series.add(A, i, value);
        case SeriesValue.Omitted _ -> {}
      }
    }
    SeriesData data = only(0, 1000);
    @Nullable FloatHistogram[] histograms = Objects.requireNonNull(data.histograms());
    List<@Nullable ResetHint> hints = new ArrayList<>();
    for (int i = data.from(); i < data.to(); i++) {
      FloatHistogram histogram = histograms[i];
      hints.add(histogram == null ? null : histogram.resetHint());
    }
    return hints;
  }

  @Test
  void histogramsThatGoOnReadAsNoReset() {
    assertThat(hints("{{count:1 buckets:[1]}} {{count:3 buckets:[1 2]}} {{count:2 buckets:[1 1]}}"))
        .containsExactly(ResetHint.UNKNOWN, ResetHint.NOT_RESET, ResetHint.UNKNOWN);
  }

  @Test
  void aWrittenResetAndAnotherLayoutStartAnew() {
    assertThat(
            hints(
                "{{count:1}} {{count:2 counter_reset_hint:reset}} {{count:3 schema:1}}"
                    + " {{count:3 schema:1 z_bucket_w:1}}"))
        .containsOnly(ResetHint.UNKNOWN)
        .hasSize(4);
  }

  @Test
  void gaugesStayGaugesAndFloatsBreakTheRun() {
    assertThat(
            hints(
                "{{count:1 counter_reset_hint:gauge}} {{count:1 counter_reset_hint:gauge}}"
                    + " {{count:2}} {{count:2}} 1 {{count:2}}"))
        .containsExactly(
            ResetHint.GAUGE,
            ResetHint.GAUGE,
            ResetHint.UNKNOWN,
            ResetHint.NOT_RESET,
            null,
            ResetHint.UNKNOWN);
  }

  @Test
  void aStaleMarkerBreaksTheRunToo() {
    assertThat(hints("{{count:1}} stale {{count:1}} {{count:1}}"))
        .containsExactly(ResetHint.UNKNOWN, null, ResetHint.UNKNOWN, ResetHint.NOT_RESET);
    assertThat(StaleMarker.is(only(0, 1000).values()[1])).isTrue();
  }
}
