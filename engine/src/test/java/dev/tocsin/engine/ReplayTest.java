package dev.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The engine is a pure machine: generated inputs give the same events again, also when it is
/// written down and read back in between.
class ReplayTest {
  private static final int RUNS = 16;
  static final int INPUTS = 400;
  private static final String[] FILES = {
    Stand.group(
        """
        - record: twice
          expr: load * 2
        - alert: High
          expr: twice > 10
          for: 15s
          labels: {level: "{{ if gt $value 15.0 }}high{{ else }}low{{ end }}"}
          annotations: {x: "{{ $labels.host }} {{ $value }} {{ len (query \\"load\\") }}"}
        """),
    Stand.group(
        """
        - alert: High
          expr: load > 5
          keep_firing_for: 20s
        - record: twice
          expr: sum by (host) (load)
        """),
    Stand.group(
        "interval: 5s\nlimit: 2",
        """
        - alert: Many
          expr: load > 3
        - alert: Gone
          expr: absent(load{host="a"})
        """),
    "groups:\n  - name: wrong\n    rules: [{alert: x}]\n",
  };

  @Test
  void aCopyGoesOnAsTheOriginal() {
    int told = 0;
    for (int run = 0; run < RUNS; run++) {
      long seed = 1000L + run;
      Stand through = new Stand();
      drive(through, seed, -1, () -> {});
      Stand copied = new Stand();
      drive(copied, seed, new SplittableRandom(seed).nextInt(INPUTS), copied::restore);
      List<AlertEvent> expected = through.events;
      assertThat(copied.events).as("events with seed " + seed).isEqualTo(expected);
      assertThat(copied.bytes()).as("checkpoint with seed " + seed).isEqualTo(through.bytes());
      assertThat(copied.engine.nextDeadlineMs()).isEqualTo(through.engine.nextDeadlineMs());
      told += expected.size();
    }
    assertThat(told).as("events seen in all runs").isGreaterThan(300);
  }

  /// Which NaN arithmetic gives depends on the processor, and on what was compiled when.
  @Test
  void ofAllNaNsOneIsKept() {
    Stand stand = new Stand();
    stand.load(
        Stand.group(
            """
            - record: copied
              expr: load
            - record: made
              expr: load{host="b"} - load{host="b"}
            - alert: A
              expr: load{host="a"}
            """));
    double odd = Double.longBitsToDouble(0xfff8000000000123L);
    stand.sample(1000, odd, "load", "host", "a");
    stand.sample(1000, Double.POSITIVE_INFINITY, "load", "host", "b");
    stand.tick(10_000);
    for (Labels series :
        List.of(
            Labels.of(Labels.METRIC_NAME, "copied", "host", "a"),
            Labels.of(Labels.METRIC_NAME, "made", "host", "b"))) {
      int id = stand.engine.store().find(Tenant.DEFAULT, series);
      long bits = Double.doubleToRawLongBits(stand.engine.store().lastValue(id));
      assertThat(bits).as("%s", series).isEqualTo(StaleMarker.NORMAL_NAN_BITS);
    }
    double told = stand.events.getFirst().value();
    assertThat(Double.doubleToRawLongBits(told)).isEqualTo(StaleMarker.NORMAL_NAN_BITS);
  }

  /// @param at before which of the inputs the action runs; -1: never
  static void drive(Stand stand, long seed, int at, Runnable action) {
    SplittableRandom random = new SplittableRandom(seed);
    stand.load(FILES[random.nextInt(3)]);
    long timeMs = 1000;
    for (int i = 0; i < INPUTS; i++) {
      if (i == at) {
        action.run();
      }
      timeMs += 1 + random.nextInt(4000);
      int kind = random.nextInt(100);
      if (kind < 50) {
        sample(stand, random, timeMs);
      } else if (kind < 94) {
        stand.tick(timeMs);
      } else if (kind < 96) {
        stand.load(FILES[random.nextInt(FILES.length)]);
      } else if (kind < 97) {
        stand.nowMs = timeMs;
        stand.step(new Input.Restarted());
        timeMs += 100_000;
      } else if (!stand.events.isEmpty()) {
        AlertEvent event = stand.events.get(random.nextInt(stand.events.size()));
        stand.step(new Input.Delivered(event.id(), "r" + random.nextInt(2), timeMs, true));
      }
    }
  }

  private static void sample(Stand stand, SplittableRandom random, long timeMs) {
    double value = random.nextInt(10) == 0 ? StaleMarker.VALUE : random.nextInt(12);
    stand.sample(timeMs, value, "load", "host", String.valueOf((char) ('a' + random.nextInt(4))));
  }
}
