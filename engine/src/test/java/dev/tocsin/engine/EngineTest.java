package dev.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineTest {
  private final Stand stand = new Stand();

  @Test
  void anAlertFiresStaysAndResolves() {
    stand.load(
        Stand.group(
            """
            - alert: High
              expr: load > 5
              labels: {severity: page}
              annotations: {summary: "{{ $labels.host }} is at {{ $value }}"}
            """));
    stand.sample(9_000, 7, "load", "host", "a");
    assertThat(stand.tick(9_999)).isEmpty();
    AlertEvent fired = stand.tick(10_000).getFirst();
    assertThat(fired.kind()).isEqualTo(AlertEvent.Kind.FIRING);
    assertThat(fired.labels())
        .isEqualTo(Labels.of("alertname", "High", "host", "a", "severity", "page"));
    assertThat(fired.annotations()).isEqualTo(Labels.of("summary", "a is at 7"));
    assertThat(fired.expression()).isEqualTo("load > 5");
    assertThat(fired.group()).isEqualTo("g");
    assertThat(fired.value()).isEqualTo(7);
    assertThat(fired.activeAtMs()).isEqualTo(10_000);
    assertThat(fired.firedAtMs()).isEqualTo(10_000);
    assertThat(fired.resolvedAtMs()).isZero();
    assertThat(fired.validUntilMs()).isEqualTo(250_000);
    assertThat(stand.tick(20_000)).isEmpty();
    stand.sample(29_000, 1, "load", "host", "a");
    AlertEvent resolved = stand.tick(30_000).getFirst();
    assertThat(resolved.kind()).isEqualTo(AlertEvent.Kind.RESOLVED);
    assertThat(resolved.resolvedAtMs()).isEqualTo(30_000);
    assertThat(resolved.validUntilMs()).isEqualTo(30_000);
    assertThat(resolved.firedAtMs()).isEqualTo(10_000);
    assertThat(resolved.id()).isNotEqualTo(fired.id()).hasSize(32);
  }

  @Test
  void theSamplesBehindADecisionAreItsEvidence() {
    stand.load(
        Stand.group("- alert: A\n  expr: sum by (host) (errors) / sum by (host) (all) > 0.5"));
    for (int i = 1; i <= 12; i++) {
      stand.sample(i * 100L, i, "errors", "host", "a", "path", "x");
    }
    stand.sample(1000, 3, "errors", "host", "b");
    stand.sample(1300, 9, "all", "host", "a");
    AlertEvent event = stand.tick(10_000).getFirst();
    Evidence evidence = event.evidence();
    assertThat(evidence.series())
        .extracting(read -> read.labels().toString())
        .containsExactly("errors{host=\"a\", path=\"x\"}", "all{host=\"a\"}");
    List<Evidence.Point> last = evidence.series().getFirst().last();
    assertThat(last).hasSize(10);
    assertThat(last.getFirst()).isEqualTo(new Evidence.Point(300, 3));
    assertThat(last.getLast()).isEqualTo(new Evidence.Point(1200, 12));
    assertThat(evidence.sampleTimeMs()).isEqualTo(1300);
    assertThat(evidence.receivedNanos()).isEqualTo(1_300_000_007L);
    assertThat(stand.rule(0).alerts().getFirst().evidence()).isEqualTo(evidence);
  }

  @Test
  void aLaterRuleOfTheGroupSeesWhatAnEarlierOneWroteInTheSameEvaluation() {
    stand.load(
        Stand.group(
            """
            - record: twice
              expr: load * 2
              labels: {by: rule}
            - alert: Twice
              expr: twice > 5
            - record: firing
              expr: count(ALERTS{alertstate="firing"})
            """));
    stand.sample(9_000, 3, "load", "host", "a");
    stand.tick(10_000);
    assertThat(stand.told())
        .containsExactly("FIRING {alertname=\"Twice\", by=\"rule\", host=\"a\"}");
    assertThat(stand.query("twice", 10_000)).containsExactly("twice{by=\"rule\", host=\"a\"} 6.0");
    assertThat(stand.query("firing", 10_000)).containsExactly("firing 1.0");
    assertThat(stand.query("ALERTS_FOR_STATE", 10_000))
        .containsExactly("ALERTS_FOR_STATE{alertname=\"Twice\", by=\"rule\", host=\"a\"} 10.0");
  }

  @Test
  void aSeriesThatVanishesFromTheResultEndsAtOnce() {
    stand.load(
        Stand.group("- record: kept\n  expr: load > 5\n- alert: A\n  expr: load > 5\n  for: 10s"));
    stand.sample(9_000, 7, "load", "host", "a");
    stand.tick(10_000);
    assertThat(stand.query("ALERTS", 10_000))
        .containsExactly("ALERTS{alertname=\"A\", alertstate=\"pending\", host=\"a\"} 1.0");
    stand.tick(20_000);
    assertThat(stand.query("ALERTS", 20_000))
        .containsExactly("ALERTS{alertname=\"A\", alertstate=\"firing\", host=\"a\"} 1.0");
    stand.sample(29_000, 1, "load", "host", "a");
    stand.tick(30_000);
    assertThat(stand.query("kept", 29_999)).hasSize(1);
    assertThat(stand.query("kept", 30_000)).isEmpty();
    assertThat(stand.query("{__name__=~\"ALERTS.*\"}", 30_000)).isEmpty();
  }

  @Test
  void theQueryIsShiftedByTheOffsetAndTheAlertIsNot() {
    stand.load(
        Stand.group(
            "interval: 10s\nquery_offset: 3s",
            "- record: now\n  expr: time()\n- alert: A\n  expr: load > 5"));
    stand.sample(6_000, 7, "load");
    stand.sample(8_000, 1, "load");
    AlertEvent event = stand.tick(10_000).getFirst();
    assertThat(event.activeAtMs()).isEqualTo(10_000);
    assertThat(event.evidence().sampleTimeMs()).isEqualTo(6_000);
    assertThat(stand.query("now", 7_000)).containsExactly("now 7.0");
    assertThat(stand.query("now", 6_999)).isEmpty();
    assertThat(stand.query("ALERTS", 7_000)).hasSize(1);
  }

  @Test
  void onlyTheLastDueSlotIsEvaluatedAndTheOthersAreCounted() {
    stand.load(Stand.group("- record: now\n  expr: time()"));
    stand.tick(10_000);
    stand.tick(47_000);
    EngineView.Group group = stand.engine.view().groups().getFirst();
    assertThat(group.missed()).isEqualTo(2);
    assertThat(group.evaluations()).isEqualTo(2);
    assertThat(group.lastEvaluationMs()).isEqualTo(40_000);
    assertThat(stand.query("now", 47_000)).containsExactly("now 40.0");
    assertThat(stand.engine.nextDeadlineMs()).isEqualTo(50_000);
  }

  @Test
  void groupsThatAreDueTogetherAreEvaluatedInTheOrderOfTheirSlots() {
    String slow = "groups: [{name: slow, interval: 8s, rules: [{alert: S, expr: vector(1)}]}]";
    String fast = "groups: [{name: fast, interval: 6s, rules: [{alert: F, expr: vector(1)}]}]";
    stand.load(slow, fast);
    stand.tick(9_000);
    assertThat(stand.told())
        .containsExactly("FIRING {alertname=\"F\"}", "FIRING {alertname=\"S\"}");
  }

  @Test
  void theFirstEvaluationWaitsForTheNextSlot() {
    assertThat(stand.engine.nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
    stand.nowMs = 20_000;
    stand.load(Stand.group("- record: now\n  expr: time()"));
    assertThat(stand.engine.nextDeadlineMs()).isEqualTo(30_000);
    stand.tick(20_000);
    assertThat(stand.engine.view().groups().getFirst().evaluations()).isZero();
    assertThat(stand.rule(0).health()).isEqualTo(Health.UNKNOWN);
  }

  @Test
  void anErrorChangesNothingAndIsShown() {
    stand.load(
        Stand.group(
            """
            - alert: A
              expr: a + on () b > 0
            - record: r
              expr: a + on () b
            """));
    stand.sample(9_000, 1, "a", "x", "1");
    stand.sample(9_000, 1, "b", "x", "1");
    stand.tick(10_000);
    assertThat(stand.told()).containsExactly("FIRING {alertname=\"A\"}");
    stand.sample(19_000, 1, "b", "x", "2");
    stand.tick(20_000);
    assertThat(stand.told()).isEmpty();
    EngineView.Rule rule = stand.rule(0);
    assertThat(rule.health()).isEqualTo(Health.ERROR);
    assertThat(rule.lastError()).contains("found duplicate series for the match group");
    assertThat(rule.state()).isEqualTo(AlertState.FIRING);
    assertThat(stand.query("r", 20_000)).containsExactly("r 2.0");
    stand.sample(29_000, StaleMarker.VALUE, "b", "x", "2");
    stand.tick(30_000);
    assertThat(stand.rule(0).health()).isEqualTo(Health.OK);
    assertThat(stand.rule(0).lastError()).isEmpty();
    assertThat(stand.told()).isEmpty();
  }

  @Test
  void aResultThatIsNoVectorIsAnError() {
    stand.load(Stand.group("- record: r\n  expr: load[1m]\n- record: s\n  expr: 7"));
    stand.tick(10_000);
    assertThat(stand.rule(0).lastError()).isEqualTo("rule result is not a vector or scalar");
    assertThat(stand.query("s", 10_000)).containsExactly("s 7.0");
  }

  @Test
  void twoRulesThatWriteTheSameSeriesDifferentlyAreAnError() {
    stand.load(
        Stand.group("- record: r\n  expr: 1\n- record: r\n  expr: 1\n- record: r\n  expr: 2"));
    stand.tick(10_000);
    assertThat(stand.rule(1).health()).isEqualTo(Health.OK);
    assertThat(stand.rule(2).health()).isEqualTo(Health.ERROR);
    assertThat(stand.rule(2).lastError()).startsWith("1 samples of the result were not written");
    assertThat(stand.query("r", 10_000)).containsExactly("r 1.0");
  }

  @Test
  void aTemplateMayAskTheStore() {
    stand.load(
        Stand.group(
            """
            - alert: A
              expr: load > 5
              annotations:
                names: '{{ range query "sort(info)" }}{{ .Labels.name }}={{ .Value }} {{ end }}'
                wrong: '{{ query "(" }}'
            """));
    stand.sample(9_000, 7, "load");
    stand.sample(9_000, 1, "info", "name", "x");
    stand.sample(9_000, 2, "info", "name", "y");
    AlertEvent event = stand.tick(10_000).getFirst();
    assertThat(event.annotations().get("names")).isEqualTo("x=1 y=2 ");
    assertThat(event.annotations().get("wrong")).startsWith("<error expanding template: ");
  }

  @Test
  void externalLabelsAndUrlAreThereForTemplates() {
    stand.load(
        Stand.group(
            """
            - alert: A
              expr: vector(1)
              annotations: {s: "{{ $externalLabels.dc }} {{ $externalURL }}"}
            """));
    assertThat(stand.tick(10_000).getFirst().annotations().get("s")).isEqualTo("x http://here");
  }

  @Test
  void aStaleSeriesResolvesItsAlert() {
    stand.load(Stand.group("- alert: A\n  expr: load > 5"));
    stand.sample(9_000, 7, "load");
    stand.tick(10_000);
    stand.sample(19_000, StaleMarker.VALUE, "load");
    assertThat(stand.tick(20_000))
        .extracting(AlertEvent::kind)
        .containsExactly(AlertEvent.Kind.RESOLVED);
  }

  @Test
  void intervalsMayBeAMillisecond() {
    stand.load(Stand.group("interval: 1ms", "- alert: A\n  expr: load > 5"));
    stand.tick(1);
    stand.sample(1, 7, "load");
    assertThat(stand.tick(2)).hasSize(1);
    assertThat(stand.engine.nextDeadlineMs()).isEqualTo(3);
  }

  @Test
  void groupsHaveSlotsOfTheirOwn() {
    SlotGrid one = SlotGrid.spread("a.yml", "g", 10_000);
    SlotGrid other = SlotGrid.spread("a.yml", "h", 10_000);
    assertThat(one.offsetMs()).isBetween(0L, 9_999L).isNotEqualTo(other.offsetMs());
    // Part of the contract: the slots of a group are where they were in an earlier version.
    assertThat(one.offsetMs()).isEqualTo(Long.remainderUnsigned(0x238cf101f5e82a17L, 10_000));
    assertThat(one.latest(one.offsetMs() + 25_000)).isEqualTo(one.offsetMs() + 20_000);
    assertThat(one.latest(one.offsetMs() - 1)).isEqualTo(one.offsetMs() - 10_000);
    assertThat(one.after(one.offsetMs())).isEqualTo(one.offsetMs() + 10_000);
  }

  @Test
  void evidenceIsFoundAmongManySeries() {
    stand.load(Stand.group("- alert: A\n  expr: sum by (host) (errors) / on (host) all > 0.5"));
    for (int i = 0; i < 300; i++) {
      stand.sample(1000 + i, 1, "errors", "host", "h" + i, "path", "x", "job", "j");
      stand.sample(2000 + i, i == 250 ? 1 : 100, "all", "host", "h" + i, "job", "j");
    }
    AlertEvent event = stand.tick(10_000).getFirst();
    assertThat(event.evidence().series())
        .extracting(read -> read.labels().toString())
        .containsExactly(
            "errors{host=\"h250\", job=\"j\", path=\"x\"}", "all{host=\"h250\", job=\"j\"}");
    assertThat(event.evidence().sampleTimeMs()).isEqualTo(2250);
  }

  @Test
  void newSeriesAreSeenBySelectorsThatRanBefore() {
    stand.load(Stand.group("- alert: A\n  expr: load{host=~\"a|b\"} > 5"));
    stand.sample(9_000, 7, "load", "host", "a");
    stand.tick(10_000);
    stand.sample(19_000, 7, "load", "host", "b");
    stand.sample(19_000, 7, "load", "host", "c");
    stand.sample(19_000, 7, "other", "host", "b");
    stand.tick(20_000);
    assertThat(stand.told())
        .containsExactly(
            "FIRING {alertname=\"A\", host=\"a\"}", "FIRING {alertname=\"A\", host=\"b\"}");
  }

  @Test
  void anAnnotationFollowsTheSettings() {
    String rules =
        Stand.group(
            "- alert: A\n  expr: vector(1)\n  annotations: {s: \"{{ $externalLabels.dc }}\"}");
    stand.load(rules);
    stand.tick(10_000);
    RuleSet before = Stand.rules(rules);
    stand.step(
        new Input.Reload(new RuleSet(before.files(), Labels.of("dc", "other"), "", 60_000, 0)));
    stand.tick(20_000);
    assertThat(stand.rule(0).alerts().getFirst().annotations().get("s")).isEqualTo("other");
  }

  @Test
  void samplesWithoutASeriesAreCounted() {
    Slab slab = new Slab();
    slab.add(99, 1, 1);
    stand.step(new Input.Transaction(Tenant.DEFAULT, 1, List.of(), List.of(slab)));
    assertThat(stand.engine.samplesWithoutSeries()).isEqualTo(1);
    assertThat(stand.engine.store().seriesCount()).isZero();
  }

  @Test
  void aWarmUpLetsOneAlertFireAndResolve() {
    assertThat(WarmUp.run()).isEqualTo(2);
  }

  @Test
  void theIdOfAnEventIsTheSameInEveryVersion() {
    stand.load(Stand.group("- alert: A\n  expr: vector(1)"));
    assertThat(stand.tick(10_000).getFirst().id()).isEqualTo("cc8fc0a6e247c102568b6f1dd649f2a5");
  }
}
