package dev.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSettings.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Between slots: groups have an interval of 10 s and slots at whole multiples of it.
class OverlayTest {
  private static final String NOW =
      """
      - alert: Hot
        expr: t > 5
        annotations: {is: '{{ $value }}'}
      """;

  private static final String LATER =
      """
      - alert: Hot
        expr: t > 5
        for: 15s
      """;

  private final Stand stand = new Stand();

  private void start(String rules) {
    stand.stream(Stand.group(rules));
    stand.tick(10_000);
  }

  private void sample(long timeMs, double value) {
    stand.nowMs = Math.max(stand.nowMs, timeMs);
    stand.sample(timeMs, value, "t", "room", "a");
  }

  private static List<Long> fired(List<AlertEvent> events) {
    return events.stream().map(AlertEvent::firedAtMs).toList();
  }

  private List<String> kinds() {
    List<String> kinds =
        stand.events.stream()
            .map(event -> event.kind() + "@" + event.firedAtMs() + "-" + event.resolvedAtMs())
            .toList();
    stand.events.clear();
    return kinds;
  }

  @Test
  void withoutForAnAlertFiresWithItsSampleAndTheSlotTakesItOver() {
    start(NOW);
    sample(12_345, 7);
    AlertEvent event = stand.events.getFirst();
    assertThat(event.firedAtMs()).isEqualTo(12_345);
    assertThat(event.annotations().get("is")).isEqualTo("7");
    assertThat(event.evidence().sampleTimeMs()).isEqualTo(12_345);
    assertThat(kinds()).containsExactly("FIRING@12345-0");
    assertThat(stand.rule(0).alerts().getFirst().state()).isEqualTo(AlertState.FIRING);
    stand.tick(20_000);
    assertThat(kinds()).isEmpty();
    assertThat(stand.rule(0).alerts())
        .singleElement()
        .satisfies(alert -> assertThat(alert.firedAtMs()).isEqualTo(12_345));
    assertThat(stand.query("ALERTS", 20_000)).hasSize(1);
    stand.tick(73_000);
    stand.tick(80_000);
    assertThat(kinds()).containsExactly("STILL_FIRING@12345-0");
    sample(81_000, 1);
    stand.tick(90_000);
    assertThat(kinds()).containsExactly("RESOLVED@12345-90000");
  }

  @Test
  void whatDoesNotLastUntilTheSlotResolvesThere() {
    start(NOW);
    sample(12_000, 7);
    sample(13_000, 1);
    assertThat(kinds()).containsExactly("FIRING@12000-0");
    stand.tick(20_000);
    assertThat(kinds()).containsExactly("RESOLVED@12000-20000");
    assertThat(stand.query("ALERTS", 20_000)).isEmpty();
    stand.tick(90_000);
    assertThat(kinds()).containsExactly("STILL_RESOLVED@12000-20000");
  }

  @Test
  void aSlotThatComesLateLeavesAloneWhatFiredAfterIt() {
    start(NOW);
    sample(20_050, 7);
    // The slot at 20 s is due and comes first.
    assertThat(kinds()).isEmpty();
    stand.tick(20_100);
    assertThat(kinds()).containsExactly("FIRING@20100-0");
    stand.tick(30_000);
    assertThat(kinds()).isEmpty();
    sample(31_000, 1);
    stand.tick(40_000);
    assertThat(kinds()).containsExactly("RESOLVED@20100-40000");
  }

  /// A tick that comes late does the slot and the look after it, for which a sample became visible
  /// since the step before. Who was restored in between has no timer for it.
  @Test
  void whoWasRestoredSeesWhatBecameVisibleBeforeALateTick() {
    stand.stream(
        Stand.group("interval: 10s\nquery_offset: 10s", "- {alert: B, expr: 'bottomk(2, t)'}"));
    stand.tick(10_000);
    stand.sample(15_500, 3, "t", "i", "e");
    stand.tick(20_000);
    stand.sample(22_500, 5, "t", "i", "c");
    Engine restored = Stand.copy(stand.bytes());
    assertThat(fired(stand.tick(33_000))).containsExactly(30_000L, 33_000L);
    assertThat(fired(restored.step(100, 33_000, new Input.Tick())))
        .containsExactly(30_000L, 33_000L);
  }

  @Test
  void itFiresOnceBetweenTwoSlots() {
    start(NOW);
    sample(12_000, 7);
    sample(13_000, 1);
    sample(14_000, 8);
    assertThat(kinds()).containsExactly("FIRING@12000-0");
    stand.tick(20_000);
    sample(21_000, 1);
    sample(22_000, 9);
    assertThat(kinds()).isEmpty();
    stand.tick(30_000);
    assertThat(kinds()).isEmpty();
  }

  @Test
  void aPendingAlertFiresToTheMillisecond() {
    start(LATER);
    sample(12_000, 7);
    stand.tick(20_000);
    sample(30_500, 7);
    stand.tick(30_600);
    assertThat(kinds()).isEmpty();
    assertThat(stand.engine.nextDeadlineMs()).isBetween(30_601L, 35_000L);
    stand.tick(34_999);
    assertThat(stand.engine.nextDeadlineMs()).isEqualTo(35_000);
    assertThat(kinds()).isEmpty();
    stand.tick(35_000);
    assertThat(kinds()).containsExactly("FIRING@35000-0");
    stand.tick(40_000);
    assertThat(kinds()).isEmpty();
    assertThat(stand.rule(0).alerts().getFirst().activeAtMs()).isEqualTo(20_000);
  }

  @Test
  void aPendingAlertWhoseConditionIsFalseThenWaitsForASample() {
    start(LATER);
    sample(12_000, 7);
    stand.tick(20_000);
    stand.tick(30_000);
    sample(33_000, 1);
    stand.tick(35_000);
    assertThat(kinds()).isEmpty();
    sample(36_000, 8);
    assertThat(kinds()).containsExactly("FIRING@36000-0");
  }

  @Test
  void onlySlotsResetFor() {
    start(LATER);
    sample(12_000, 7);
    stand.tick(20_000);
    sample(22_000, 1);
    sample(29_000, 7);
    stand.tick(30_000);
    stand.tick(35_000);
    assertThat(kinds()).containsExactly("FIRING@35000-0");
  }

  @Test
  void whatIsNotPendingDoesNotFire() {
    start(LATER);
    sample(12_000, 7);
    stand.tick(29_999);
    assertThat(kinds()).isEmpty();
  }

  @Test
  void itBeginsWithTheFirstSlotOfTheGroup() {
    stand.stream(Stand.group(NOW));
    sample(3_000, 7);
    assertThat(kinds()).isEmpty();
    stand.tick(10_000);
    assertThat(kinds()).containsExactly("FIRING@10000-0");
  }

  @Test
  void strictIsTheGridAlone() {
    stand.load(Stand.group(NOW));
    stand.tick(10_000);
    sample(12_000, 7);
    assertThat(kinds()).isEmpty();
    stand.tick(20_000);
    assertThat(kinds()).containsExactly("FIRING@20000-0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{ $value }}", "{{ .Value }}", "{{ query \"up\" | len }}"})
  void labelsThatMayChangeUntilTheSlotLeaveItToTheSlot(String label) {
    start(NOW + "  labels: {x: '" + label + "'}\n");
    sample(12_000, 7);
    assertThat(kinds()).isEmpty();
    stand.tick(20_000);
    assertThat(kinds()).hasSize(1);
  }

  @Test
  void labelsOfLabelsDoNot() {
    start(NOW + "  labels: {x: 'in {{ $labels.room }}'}\n");
    sample(12_000, 7);
    assertThat(stand.events.getFirst().labels().get("x")).isEqualTo("in a");
  }

  @Test
  void itLooksAsFarBackAsTheSlotDoes() {
    stand.stream(Stand.group("interval: 10s\nquery_offset: 3s", NOW));
    stand.tick(10_000);
    sample(12_000, 7);
    assertThat(kinds()).isEmpty();
    assertThat(stand.engine.nextDeadlineMs()).isLessThanOrEqualTo(15_000);
    stand.tick(14_999);
    assertThat(kinds()).isEmpty();
    stand.tick(15_000);
    assertThat(kinds()).containsExactly("FIRING@15000-0");
  }

  @Test
  void aSampleOfTheFutureCountsWhenItsTimeComes() {
    start(NOW);
    stand.nowMs = 12_000;
    stand.sample(12_003, 7, "t", "room", "a");
    assertThat(kinds()).isEmpty();
    stand.tick(stand.engine.nextDeadlineMs());
    assertThat(kinds()).containsExactly("FIRING@12003-0");
  }

  @Test
  void partsOfAGroupAreLookedAtAlone() {
    start(
        """
        - alert: Sum
          expr: sum by (room) (t) > 10
        """);
    stand.nowMs = 12_000;
    stand.sample(12_000, 6, "t", "room", "a", "n", "1");
    stand.sample(12_000, 6, "t", "room", "b", "n", "1");
    assertThat(kinds()).isEmpty();
    stand.sample(12_001, 6, "t", "room", "a", "n", "2");
    stand.tick(12_001);
    assertThat(stand.events).hasSize(1);
    assertThat(stand.events.getFirst().labels().get("room")).isEqualTo("a");
  }

  @Test
  void absenceFiresWhenTheLookbackIsOver() {
    sample(9_000, 7);
    start(
        """
        - alert: Gone
          expr: absent(t)
        """);
    for (long at = 20_000; at < 309_000; at += 10_000) {
      stand.tick(at);
    }
    assertThat(kinds()).isEmpty();
    stand.tick(308_999);
    assertThat(kinds()).isEmpty();
    assertThat(stand.engine.nextDeadlineMs()).isEqualTo(309_000);
    stand.tick(309_000);
    assertThat(kinds()).containsExactly("FIRING@309000-0");
  }

  @Test
  void whatCannotBecomeTrueWakesSeldom() {
    start(
        """
        - alert: Slow
          expr: histogram_quantile(0.9, sum by (le) (rate(b[1m]))) > 1
        """);
    for (long at = 20_001; at <= 40_001; at += 10_000) {
      stand.nowMs = at;
      stand.sample(at, (double) at, "b", "le", "5");
      stand.tick(at);
    }
    int ticks = 0;
    while (stand.engine.nextDeadlineMs() < 80_000) {
      stand.tick(stand.engine.nextDeadlineMs());
      ticks++;
    }
    assertThat(ticks).isLessThan(100);
  }

  @Test
  void whatTheSlotWouldRefuseForOtherSeriesDoesNotFire() {
    start("- alert: Any\n  expr: '{job=\"api\"} >= bool 40'\n");
    stand.nowMs = 12_000;
    stand.sample(11_000, 1, "a", "job", "api");
    stand.sample(11_000, 1, "b", "job", "api");
    stand.events.clear();
    stand.sample(12_000, 1, "c", "job", "api", "code", "500");
    assertThat(kinds()).isEmpty();
    stand.tick(20_000);
    assertThat(kinds()).isEmpty();
    assertThat(stand.rule(0).health()).isEqualTo(Health.ERROR);
  }

  @Test
  void partitionsOfVeryManySeriesAreLeftToTheSlot() {
    start("- alert: Sum\n  expr: sum(t) > 5000\n");
    stand.nowMs = 11_000;
    for (int i = 0; i < 5000; i++) {
      stand.sample(11_000, 1, "t", "n", Integer.toString(i));
    }
    stand.nowMs = 12_000;
    stand.sample(12_000, 7, "t", "n", "0");
    assertThat(kinds()).isEmpty();
    stand.tick(20_000);
    assertThat(kinds()).containsExactly("FIRING@20000-0");
  }

  @Test
  void aRecordedSeriesIsASeries() {
    stand.stream(
        Stand.group("interval: 3s", "- record: doubled\n  expr: t * 2\n"),
        Stand.group("- alert: Hot\n  expr: doubled > 5\n"));
    stand.tick(10_000);
    sample(11_000, 7);
    stand.tick(12_000);
    assertThat(kinds()).containsExactly("FIRING@12000-0");
  }

  @Test
  void theLimitIsCountedWithThem() {
    stand.stream(Stand.group("interval: 10s\nlimit: 1", NOW));
    stand.tick(10_000);
    sample(12_000, 7);
    stand.sample(12_000, 7, "t", "room", "b");
    assertThat(kinds()).containsExactly("FIRING@12000-0");
  }

  @Test
  void whatTheSlotRefusedDoesNotFireInEveryInterval() {
    stand.stream(Stand.group("interval: 10s\nlimit: 1", NOW));
    stand.tick(10_000);
    sample(12_000, 7);
    assertThat(kinds()).containsExactly("FIRING@12000-0");
    stand.sample(13_000, 7, "t", "room", "b");
    stand.tick(20_000);
    stand.sample(21_000, 8, "t", "room", "a");
    stand.tick(30_000);
    assertThat(kinds()).isEmpty();
    assertThat(stand.rule(0).health()).isEqualTo(Health.ERROR);
    stand.sample(31_000, 1, "t", "room", "b");
    stand.tick(40_000);
    assertThat(kinds()).containsExactly("FIRING@40000-0");
  }

  @Test
  void aSlotThatIsDueComesBeforeASample() {
    start(NOW);
    sample(22_000, 7);
    assertThat(kinds()).isEmpty();
    stand.tick(22_001);
    assertThat(kinds()).containsExactly("FIRING@22001-0");
  }

  @Test
  void anEndIsToldOnceWhereAnOlderOneWouldBeRepeated() {
    start(NOW);
    sample(12_000, 7);
    sample(13_000, 1);
    stand.tick(20_000);
    sample(81_000, 7);
    stand.tick(82_000);
    sample(83_000, 1);
    stand.events.clear();
    stand.tick(90_000);
    assertThat(stand.events).extracting(AlertEvent::resolvedAtMs).containsExactly(90_000L);
  }

  @Test
  void whatIsWatchedNoMoreWakesNobody() {
    start(NOW);
    sample(12_000, 1);
    stand.sample(15_000, 7, "t", "room", "a");
    stand.step(new Input.Reload(Stand.rules(Mode.STREAM)));
    stand.tick(40_000);
    assertThat(stand.engine.nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aRestoredEngineGoesOnTheSame() {
    start(NOW + LATER.replace("Hot", "Hotter") + "- alert: Sum\n  expr: sum by (room) (t) > 20\n");
    sample(12_000, 7);
    stand.restore();
    sample(13_000, 1);
    sample(14_000, 8);
    assertThat(kinds()).containsExactly("FIRING@12000-0");
    stand.restore();
    stand.tick(20_000);
    stand.restore();
    stand.tick(30_000);
    sample(34_000, 30);
    stand.restore();
    stand.tick(35_000);
    assertThat(kinds()).containsExactly("FIRING@34000-0", "FIRING@35000-0");
    byte[] before = stand.bytes();
    stand.restore();
    assertThat(stand.bytes()).isEqualTo(before);
  }

  @Test
  void aRestoredEngineWakesForWhatIsNotVisibleYetOfAPartitionThatFires() {
    start("- alert: Top\n  expr: topk(2, t) > 5\n");
    sample(12_000, 7);
    stand.sample(15_003, 8, "t", "room", "b");
    stand.restore();
    assertThat(stand.engine.nextDeadlineMs()).isLessThanOrEqualTo(15_003);
    stand.tick(15_003);
    assertThat(kinds()).containsExactly("FIRING@12000-0", "FIRING@15003-0");
  }

  @Test
  void aRestoredEngineWakesForWhatIsNotVisibleYetOfAPartitionWithHistograms() {
    start("- alert: Top\n  expr: topk(2, t) > 5\n");
    stand.nowMs = 12_000;
    stand.histogram(12_000, HistogramTest.histogram(3), "t", "room", "h");
    stand.sample(15_003, 8, "t", "room", "b");
    stand.restore();
    assertThat(stand.engine.nextDeadlineMs()).isLessThanOrEqualTo(15_003);
    stand.tick(15_003);
    assertThat(kinds()).containsExactly("FIRING@15003-0");
  }

  @Test
  void eachElementOfAPartitionWakesItWhenItsForIsOver() {
    String rule = "- alert: Top\n  expr: topk(2, t) > 5\n  for: 12s\n";
    stand.stream(Stand.group("interval: 2s", rule));
    stand.tick(10_000);
    sample(11_000, 7);
    stand.tick(12_000);
    stand.nowMs = 13_000;
    stand.sample(13_000, 8, "t", "room", "b");
    stand.tick(14_000);
    stand.stream(Stand.group(rule));
    stand.tick(20_000);
    stand.tick(24_000);
    assertThat(kinds()).containsExactly("FIRING@24000-0");
    assertThat(stand.engine.nextDeadlineMs()).isLessThanOrEqualTo(26_000);
    stand.tick(26_000);
    assertThat(kinds()).containsExactly("FIRING@26000-0");
  }

  @Test
  void aRuleThatIsTakenAwayResolvesWhatFiredEarly() {
    start(NOW);
    sample(12_000, 7);
    stand.step(new Input.Reload(Stand.rules(Mode.STREAM)));
    stand.tick(12_000 + 240_000);
    assertThat(kinds()).containsExactly("FIRING@12000-0", "RESOLVED@12000-252000");
  }

  /// Only what is absent is held after an outage: this one is there, and has to wait.
  @Test
  void aRaisedForEndsWhatWasToldEarlyBeforeAnOutage() {
    start(NOW);
    sample(12_345, 7);
    stand.restart(15_000);
    stand.stream(Stand.group(LATER));
    stand.tick(20_000);
    assertThat(kinds()).containsExactly("FIRING@12345-0", "RESOLVED@12345-20000");
    assertThat(stand.rule(0).alerts().getFirst().state()).isEqualTo(AlertState.PENDING);
  }
}
