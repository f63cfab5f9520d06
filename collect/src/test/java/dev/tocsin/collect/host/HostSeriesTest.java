package dev.tocsin.collect.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostSeriesTest {
  private static final MetricInfo METRIC = MetricInfo.gauge("m", "A number.");

  private final HostSeries series = new HostSeries("j", "i", 8);
  private int refs;

  private List<String> emitted() {
    List<String> out = new ArrayList<>();
    series.resolve(_ -> refs++);
    series.emit((_, ref, value, ended) -> out.add(ended ? ref + " ended" : ref + "=" + value));
    return out;
  }

  @Test
  void aSeriesWithoutRoomIsCountedAndLeftOut() {
    series.begin();
    for (int n = 0; n < 9; n++) {
      series.set(series.slot(METRIC, "n", "" + n), n);
    }
    assertThat(series.turnedAway()).isEqualTo(1);
    assertThat(emitted()).hasSize(8);
  }

  @Test
  void seriesThatEndedGiveTheirSlotsUp() {
    for (int round = 0; round < 50; round++) {
      series.begin();
      series.set(series.slot(METRIC, "n", "" + round), round);
      assertThat(emitted()).contains(refs - 1 + "=" + (double) round);
    }
    assertThat(series.turnedAway()).isZero();
    assertThat(series.epoch()).isPositive();
  }

  @Test
  void aFixedSlotIsNeverGivenUp() {
    int kept = series.fixedSlot(METRIC, "n", "kept");
    for (int round = 0; round < 50; round++) {
      series.begin();
      series.set(series.slot(METRIC, "n", "" + round), round);
      emitted();
    }
    series.begin();
    series.set(kept, 7);
    assertThat(emitted()).contains(refs - 1 + "=7.0");
  }

  @Test
  void whatWasNotSentEndsLater() {
    series.begin();
    int slot = series.slot(METRIC);
    series.set(slot, 1);
    assertThat(emitted()).containsExactly("0=1.0");
    series.begin();
    assertThat(series.resolve(_ -> 99)).as("nothing is sent").isEqualTo(1);
    series.begin();
    assertThat(emitted()).containsExactly("0 ended");
    series.begin();
    assertThat(emitted()).isEmpty();
  }

  @Test
  void aSeriesThatGotNoReferenceIsAskedForAgain() {
    series.begin();
    series.set(series.slot(METRIC), 1);
    assertThat(series.resolve(_ -> -1)).isZero();
    assertThat(series.withoutRef()).isEqualTo(1);
    series.begin();
    series.set(series.slot(METRIC), 2);
    assertThat(series.resolve(_ -> 5)).isEqualTo(1);
  }
}
