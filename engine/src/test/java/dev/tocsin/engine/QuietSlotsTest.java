package dev.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Slots leave out what is proven to have no element. That can be seen where the evaluation of all
/// series is refused, because it would hold too many samples.
class QuietSlotsTest {
  private static final int HOSTS = 8;

  private final Stand stand = new Stand(Stand.OPTIONS.withQuerySamplesMax(4));

  private void samples(long timeMs, int loudHost, double loud) {
    for (int host = 0; host < HOSTS; host++) {
      stand.sample(timeMs, host == loudHost ? loud : host, "load", "host", "h" + host);
    }
  }

  private Health slot(long atMs) {
    stand.tick(atMs);
    return stand.rule(0).health();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{alert: A, expr: load > 100}",
        "{alert: A, expr: load > 100, for: 5m}",
        "{alert: A, expr: sum by (host) (load) > 100}",
        "{alert: A, expr: 'load > 100 and on (host) load < 10'}"
      })
  void whatIsProvenIsNotEvaluated(String rule) {
    stand.stream(Stand.group("- " + rule));
    samples(5_000, -1, 0);
    samples(9_000, -1, 0);
    // Rules are watched once they had a slot.
    assertThat(slot(10_000)).isEqualTo(Health.ERROR);
    assertThat(slot(20_000)).isEqualTo(Health.OK);
    samples(29_000, -1, 0);
    assertThat(slot(30_000)).isEqualTo(Health.OK);
    assertThat(slot(40_000)).isEqualTo(Health.OK);
  }

  @Test
  void aSlotOfARuleThatRestsLeavesNoTraces() {
    stand.stream(Stand.group("- {alert: A, expr: load > 100}"));
    samples(5_000, -1, 0);
    // Its health changes twice; see above.
    slot(10_000);
    assertThat(stand.engine.leftTraces()).isTrue();
    slot(20_000);
    assertThat(stand.engine.leftTraces()).isTrue();
    slot(30_000);
    assertThat(stand.engine.leftTraces()).isFalse();
    samples(39_000, 3, 200);
    assertThat(stand.engine.leftTraces()).isTrue();
    slot(40_000);
    assertThat(stand.engine.leftTraces()).as("an alert").isTrue();
    samples(49_000, 3, 3);
    slot(50_000);
    assertThat(stand.engine.leftTraces()).as("it resolves").isTrue();
  }

  @Test
  void aSlotOfARecordingRuleLeavesTraces() {
    stand.stream(Stand.group("- {record: r, expr: max(load)}"));
    stand.sample(5_000, 1, "load");
    slot(10_000);
    slot(20_000);
    assertThat(stand.engine.leftTraces()).isTrue();
    slot(600_000);
    slot(610_000);
    assertThat(stand.engine.leftTraces()).as("its series has ended").isFalse();
  }

  @Test
  void onTheGridAloneEverythingIsEvaluated() {
    stand.load(Stand.group("- {alert: A, expr: load > 100}"));
    samples(5_000, -1, 0);
    assertThat(slot(10_000)).isEqualTo(Health.ERROR);
    assertThat(slot(20_000)).isEqualTo(Health.ERROR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", for: 10s"})
  void theRestIsEvaluated(String pause) {
    stand.stream(Stand.group("- {alert: A, expr: load > 100" + pause + "}"));
    samples(5_000, -1, 0);
    slot(10_000);
    slot(20_000);
    samples(29_000, 3, 200);
    assertThat(slot(30_000)).isEqualTo(Health.OK);
    assertThat(slot(40_000)).isEqualTo(Health.OK);
    assertThat(stand.told()).hasSize(1).first().asString().contains("FIRING", "h3");
    samples(49_000, 3, 3);
    assertThat(slot(50_000)).isEqualTo(Health.OK);
    assertThat(stand.told()).hasSize(1).first().asString().contains("RESOLVED", "h3");
  }

  @Test
  void aSeriesThatComesIsAskedFor() {
    stand.stream(Stand.group("- {alert: A, expr: load > 100, for: 10s}"));
    samples(5_000, -1, 0);
    slot(10_000);
    slot(20_000);
    stand.sample(21_000, 300, "load", "host", "new");
    slot(30_000);
    slot(40_000);
    assertThat(stand.told()).hasSize(1).first().asString().contains("FIRING", "new");
  }

  @Test
  void whatMovesWithTimeAloneIsFound() {
    stand.stream(Stand.group("- {alert: A, expr: 'absent(load) or time() - load > 60', for: 10s}"));
    samples(1_000, -1, 0);
    for (long atMs = 10_000; atMs <= 60_000; atMs += 10_000) {
      slot(atMs);
    }
    assertThat(stand.told()).isEmpty();
    for (long atMs = 70_000; atMs <= 400_000; atMs += 10_000) {
      slot(atMs);
    }
    assertThat(stand.told()).anyMatch(text -> text.contains("FIRING"));
  }
}
