package dev.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.labels.Labels;
import org.junit.jupiter.api.Test;

class ReloadTest {
  private static final String ALERT = "- alert: A\n  expr: load > 5\n";
  private final Stand stand = new Stand();

  @Test
  void anUnchangedGroupRunsOn() {
    stand.load(Stand.group(ALERT));
    stand.sample(9_000, 7, "load");
    stand.tick(10_000);
    stand.nowMs = 15_000;
    stand.load("# a comment\n" + Stand.group(ALERT));
    stand.tick(20_000);
    assertThat(stand.told()).containsExactly("FIRING {alertname=\"A\"}");
    assertThat(stand.engine.view().groups().getFirst().evaluations()).isEqualTo(2);
  }

  @Test
  void anUnchangedGroupDoesNotLoseADueSlot() {
    stand.load(Stand.group(ALERT));
    stand.nowMs = 10_500;
    stand.load(Stand.group(ALERT));
    assertThat(stand.engine.nextDeadlineMs()).isEqualTo(10_000);
  }

  @Test
  void aChangedGroupTakesOverTheStateOfItsRules() {
    stand.load(Stand.group(ALERT + "  for: 20s\n- record: r\n  expr: load"));
    stand.sample(9_000, 7, "load");
    stand.tick(10_000);
    stand.nowMs = 11_000;
    stand.load(Stand.group("- record: r\n  expr: load * 2\n" + ALERT + "  for: 10s"));
    AlertEvent event = stand.tick(20_000).getFirst();
    assertThat(event.activeAtMs()).isEqualTo(10_000);
    assertThat(event.firedAtMs()).isEqualTo(20_000);
    assertThat(stand.query("r", 20_000)).containsExactly("r 14.0");
  }

  @Test
  void rulesArePairedByNameAndLabelsInTheOrderOfAppearance() {
    stand.load(Stand.group(ALERT + "  labels: {s: x}\n" + ALERT + "  labels: {s: y}"));
    stand.sample(9_000, 7, "load");
    stand.tick(10_000);
    stand.told();
    stand.load(Stand.group(ALERT + "  labels: {s: y}\n" + ALERT + "  labels: {s: z}"));
    stand.tick(20_000);
    assertThat(stand.told()).containsExactly("FIRING {alertname=\"A\", s=\"z\"}");
  }

  @Test
  void anAlertThatBeginsAnewHasTheAnnotationsOfTheRuleThatIs() {
    stand.load(Stand.group(ALERT + "  annotations: {x: one}"));
    stand.sample(9_000, 7, "load");
    assertThat(stand.tick(10_000).getFirst().annotations()).isEqualTo(Labels.of("x", "one"));
    stand.sample(19_000, 1, "load");
    stand.tick(20_000);
    stand.load(Stand.group(ALERT + "  annotations: {x: two}"));
    stand.tick(30_000);
    stand.sample(39_000, 7, "load");
    assertThat(stand.tick(40_000).getFirst().annotations()).isEqualTo(Labels.of("x", "two"));
  }

  @Test
  void aKeptAlertThatIsSeenAgainHasTheAnnotationsOfTheRuleThatIs() {
    String kept = ALERT + "  keep_firing_for: 1m\n";
    stand.load(Stand.group(kept + "  annotations: {x: one}"));
    stand.sample(9_000, 7, "load");
    stand.tick(10_000);
    stand.load(Stand.group(kept + "  annotations: {x: two}"));
    stand.sample(19_000, 1, "load");
    stand.tick(20_000);
    stand.sample(29_000, 7, "load");
    stand.tick(30_000);
    assertThat(stand.rule(0).alerts().getFirst().annotations()).isEqualTo(Labels.of("x", "two"));
  }

  @Test
  void aRaisedForPutsTheAlertBackAndSaysSoWhenItsTimeIsOver() {
    stand.load(Stand.group(ALERT));
    stand.sample(9_000, 7, "load");
    stand.tick(10_000);
    stand.load(Stand.group(ALERT + "  for: 10m"));
    stand.told();
    stand.tick(20_000);
    assertThat(stand.told()).isEmpty();
    assertThat(stand.query("ALERTS", 20_000))
        .containsExactly("ALERTS{alertname=\"A\", alertstate=\"pending\"} 1.0");
    stand.tick(249_000);
    assertThat(stand.told()).isEmpty();
    AlertEvent event = stand.tick(250_000).getFirst();
    assertThat(event.kind()).isEqualTo(AlertEvent.Kind.RESOLVED);
    assertThat(event.resolvedAtMs()).isEqualTo(250_000);
  }

  @Test
  void aLostAlertThatFiresAgainInTimeIsNotResolved() {
    stand.load(Stand.group(ALERT));
    stand.sample(9_000, 7, "load");
    stand.tick(10_000);
    stand.load(Stand.group(ALERT + "  for: 30s"));
    stand.tick(20_000);
    stand.told();
    stand.tick(40_000);
    assertThat(stand.told()).containsExactly("FIRING {alertname=\"A\"}");
    stand.sample(249_000, 7, "load");
    stand.tick(250_000);
    stand.tick(251_000);
    assertThat(stand.told()).containsExactly("STILL_FIRING {alertname=\"A\"}");
  }

  @Test
  void theAlertsOfARuleThatIsGoneResolveWhenTheirTimeIsOver() {
    stand.load(Stand.group(ALERT));
    stand.sample(9_000, 7, "load");
    stand.tick(10_000);
    stand.nowMs = 15_000;
    stand.load();
    stand.told();
    assertThat(stand.engine.view().groups()).isEmpty();
    assertThat(stand.engine.nextDeadlineMs()).isEqualTo(35_000);
    stand.tick(35_000);
    assertThat(stand.engine.nextDeadlineMs()).isEqualTo(250_000);
    stand.tick(250_000);
    assertThat(stand.told()).containsExactly("RESOLVED {alertname=\"A\"}");
    assertThat(stand.engine.nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theSeriesOfARuleThatIsGoneEndAtTheNextEvaluation() {
    stand.load(Stand.group("- record: r\n  expr: 1\n- record: s\n  expr: 2"));
    stand.tick(10_000);
    stand.load(Stand.group("- record: s\n  expr: 2"));
    assertThat(stand.query("r", 19_999)).hasSize(1);
    stand.tick(20_000);
    assertThat(stand.query("r", 20_000)).isEmpty();
    assertThat(stand.query("s", 20_000)).hasSize(1);
  }

  @Test
  void theSeriesOfAGroupThatIsGoneEndAfterTwoIntervalsUnlessTakenOver() {
    stand.load(Stand.group("- record: r\n  expr: 1\n- record: s\n  expr: 2"));
    stand.tick(10_000);
    stand.nowMs = 12_000;
    stand.load("groups: [{name: other, interval: 10s, rules: [{record: s, expr: 3}]}]");
    stand.tick(20_000);
    assertThat(stand.query("r", 20_000)).hasSize(1);
    stand.tick(32_000);
    assertThat(stand.query("r", 32_000)).isEmpty();
    assertThat(stand.query("r", 11_999)).hasSize(1);
    assertThat(stand.query("s", 32_000)).containsExactly("s 3.0");
  }

  @Test
  void theSeriesOfAGroupThatIsGoneEndByItsOwnClock() {
    stand.load(Stand.group("interval: 10s\nquery_offset: 30s", "- record: r\n  expr: 1"));
    stand.tick(10_000);
    stand.nowMs = 12_000;
    stand.load("groups: []");
    stand.tick(32_000);
    assertThat(stand.query("r", -18_001)).hasSize(1);
    assertThat(stand.query("r", -18_000)).isEmpty();
  }

  @Test
  void whoeverTakesASeriesOverGoesOnInThePastOfItsOwn() {
    String rule = "- record: r\n  expr: 1";
    stand.load(Stand.group("interval: 10s\nquery_offset: 30s", rule));
    stand.tick(40_000);
    stand.nowMs = 41_000;
    stand.load(
        "groups: [{name: other, interval: 10s, query_offset: 30s, rules: [{record: r, expr: 3}]}]");
    stand.tick(50_000);
    stand.tick(60_000);
    stand.tick(61_000);
    stand.tick(70_000);
    assertThat(stand.query("r", 40_000)).containsExactly("r 3.0");
    assertThat(stand.rule(0).health()).isEqualTo(Health.OK);
  }

  @Test
  void aLostAlertThatAnotherRuleStillTellsIsNotResolved() {
    stand.load(Stand.group(ALERT), Stand.group(ALERT));
    stand.sample(9_000, 7, "load");
    stand.tick(10_000);
    stand.nowMs = 11_000;
    stand.load(Stand.group(ALERT));
    stand.told();
    stand.sample(249_000, 7, "load");
    stand.tick(80_000);
    stand.tick(250_000);
    assertThat(stand.told()).containsOnly("STILL_FIRING {alertname=\"A\"}");
  }

  @Test
  void ofTwoLostAlertsWithTheSameLabelsTheOneToldLastSaysWhenTheyEnd() {
    stand.load(Stand.group("interval: 50s", ALERT), Stand.group("interval: 2m", ALERT));
    stand.sample(99_000, 7, "load");
    stand.tick(100_000);
    stand.tick(120_000);
    stand.tick(200_000);
    assertThat(stand.told())
        .containsExactly(
            "FIRING {alertname=\"A\"}",
            "FIRING {alertname=\"A\"}",
            "STILL_FIRING {alertname=\"A\"}");
    stand.nowMs = 210_000;
    stand.load();
    stand.tick(439_999);
    assertThat(stand.told()).isEmpty();
    assertThat(stand.tick(440_000).getFirst().resolvedAtMs()).isEqualTo(440_000);
    stand.tick(600_000);
    assertThat(stand.told()).containsExactly("RESOLVED {alertname=\"A\"}");
  }

  @Test
  void rulesWithAMistakeChangeNothing() {
    stand.load(Stand.group(ALERT));
    stand.sample(9_000, 7, "load");
    stand.load(Stand.group("- alert: B\n  expr: load >"));
    stand.tick(10_000);
    assertThat(stand.told()).containsExactly("FIRING {alertname=\"A\"}");
    assertThat(stand.engine.view().reloadProblem())
        .startsWith("r0.yml:6:")
        .contains("could not parse expression");
    stand.load(Stand.group(ALERT));
    assertThat(stand.engine.view().reloadProblem()).isEmpty();
  }

  @Test
  void aFileNamedTwiceIsAMistake() {
    var rules = Stand.rules(Stand.group(ALERT));
    var twice =
        new dev.tocsin.model.input.RuleSet(
            java.util.List.of(rules.files().getFirst(), rules.files().getFirst()),
            rules.externalLabels(),
            "",
            60_000,
            0);
    stand.step(new Input.Reload(twice));
    assertThat(stand.engine.view().reloadProblem()).contains("twice");
  }
}
