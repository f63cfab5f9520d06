package dev.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.series.SeriesDescription;
import dev.tocsin.promql.series.SeriesValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The four scenarios of the compliance suite for alert generators (prometheus/compliance), as a
/// receiver, the state view and the series of alerts see them: a sample every 15 s, a slot every 30
/// s.
class AlertScenariosTest {
  private static final long SAMPLE_MS = 15_000;
  private static final long SLOT_MS = 30_000;

  private final Stand stand = new Stand();

  /// What was told: seconds, kind, name of the alert.
  private final List<String> told = new ArrayList<>();

  private final List<AlertEvent> events = new ArrayList<>();

  /// Feeds the series, lets each slot come, and shows the engine after it.
  ///
  /// @param afterSlot is given the seconds
  private void play(int seconds, String rules, List<String> series, Consumer<Integer> afterSlot) {
    stand.load(Stand.group("interval: 30s", rules));
    List<SeriesDescription> described = series.stream().map(SeriesDescription::parse).toList();
    for (int i = 0; i * SAMPLE_MS <= seconds * 1000L; i++) {
      long nowMs = i * SAMPLE_MS;
      stand.nowMs = nowMs;
      for (SeriesDescription one : described) {
        if (i < one.values().size()
            && one.values().get(i) instanceof SeriesValue.FloatValue(double value)) {
          stand.sample(nowMs, value, one.labels());
        }
      }
      // A tick between two slots changes nothing.
      List<AlertEvent> now = new ArrayList<>(stand.tick(nowMs));
      for (AlertEvent event : now) {
        told.add(nowMs / 1000 + " " + event.kind() + " " + event.labels().get("alertname"));
        events.add(event);
      }
      if (nowMs > 0 && nowMs % SLOT_MS == 0) {
        afterSlot.accept((int) (nowMs / 1000));
      } else {
        assertThat(now).isEmpty();
      }
    }
  }

  private void checkView(int seconds) {
    EngineView.Group group = stand.engine.view().groups().getFirst();
    assertThat(group.lastEvaluationMs()).isEqualTo(seconds * 1000L);
    for (EngineView.Rule rule : group.rules()) {
      assertThat(rule.health()).isEqualTo(Health.OK);
      assertThat(rule.lastEvaluationMs()).isEqualTo(seconds * 1000L);
    }
  }

  private List<String> alertSeries(int seconds) {
    return stand.query("ALERTS", seconds * 1000L);
  }

  @Test
  void anAlertIsPendingFiresResolvesAndDoesItAgain() {
    String rules =
        """
        - alert: Hot
          expr: temp > 10
          for: 6m
          labels: {team: kitchen}
          annotations: {summary: "It is {{$value}}, really {{.Value}}"}
        """;
    // Active from 120 s to 765 s and from 1080 s to 1680 s.
    String temp = "temp{room=\"a\"} 3 5x2 9x1 _ 9 11x11 15x31 9x19 15x40 8x80";
    play(
        2_760,
        rules,
        List.of(temp),
        seconds -> {
          checkView(seconds);
          boolean again = seconds >= 1_080;
          AlertState state = stateOfHot(seconds);
          EngineView.Rule rule = stand.rule(0);
          assertThat(rule.state()).as("at %s s", seconds).isEqualTo(state);
          assertThat(rule.annotations().get("summary"))
              .isEqualTo("It is {{$value}}, really {{.Value}}");
          if (state == AlertState.INACTIVE) {
            assertThat(rule.alerts()).isEmpty();
            assertThat(alertSeries(seconds)).isEmpty();
            return;
          }
          EngineView.Alert alert = rule.alerts().getFirst();
          String value = seconds < 300 ? "11" : "15";
          assertThat(alert.annotations())
              .isEqualTo(Labels.of("summary", "It is " + value + ", really " + value));
          assertThat(alert.activeAtMs()).isEqualTo(again ? 1_080_000 : 120_000);
          assertThat(alertSeries(seconds))
              .containsExactly(
                  "ALERTS{alertname=\"Hot\", alertstate=\""
                      + state.word()
                      + "\", room=\"a\", team=\"kitchen\"} 1.0");
        });
    List<String> expected = new ArrayList<>(List.of("480 FIRING Hot"));
    // Again after more than a minute: every third slot.
    List.of(570, 660, 750).forEach(at -> expected.add(at + " STILL_FIRING Hot"));
    expected.add("780 RESOLVED Hot");
    List.of(870, 960, 1_050).forEach(at -> expected.add(at + " STILL_RESOLVED Hot"));
    // Pending again, so nothing is said of the one before, although its 15 minutes are not over.
    expected.add("1440 FIRING Hot");
    List.of(1_530, 1_620).forEach(at -> expected.add(at + " STILL_FIRING Hot"));
    expected.add("1710 RESOLVED Hot");
    for (int at = 1_800; at <= 1_710 + 900; at += 90) {
      expected.add(at + " STILL_RESOLVED Hot");
    }
    assertThat(told).isEqualTo(expected);
    AlertEvent still = events.get(1);
    assertThat(still.firedAtMs()).isEqualTo(480_000);
    assertThat(still.validUntilMs()).isEqualTo(570_000 + 240_000);
    assertThat(still.annotations().get("summary")).isEqualTo("It is 15, really 15");
    AlertEvent stillResolved = events.get(5);
    assertThat(stillResolved.firedAtMs()).isEqualTo(480_000);
    assertThat(stillResolved.resolvedAtMs()).isEqualTo(780_000);
  }

  private static AlertState stateOfHot(int seconds) {
    if ((seconds >= 120 && seconds < 480) || (seconds >= 1_080 && seconds < 1_440)) {
      return AlertState.PENDING;
    }
    return (seconds >= 480 && seconds < 780) || (seconds >= 1_440 && seconds < 1_710)
        ? AlertState.FIRING
        : AlertState.INACTIVE;
  }

  @Test
  void whatIsPendingOnlyOrNeverActiveIsNotTold() {
    String rules =
        """
        - alert: Short
          expr: temp > 10
          for: 3m
          labels: {team: kitchen}
        - alert: Vanishes
          expr: other > 10
          for: 8m
        - alert: Never
          expr: temp > 99
          for: 3m
        """;
    // The second series just ends while its alert is pending.
    play(
        900,
        rules,
        List.of("temp 3 5x2 9x3 11x10 9", "other 3 5x2 9x3 11x10"),
        seconds -> {
          checkView(seconds);
          boolean isShort = seconds >= 120 && seconds < 285;
          // Five minutes after its last sample, at 270 s, it is gone.
          boolean isThere = seconds >= 120 && seconds < 270 + 300;
          assertThat(state(0)).isEqualTo(isShort ? AlertState.PENDING : AlertState.INACTIVE);
          assertThat(state(1)).isEqualTo(isThere ? AlertState.PENDING : AlertState.INACTIVE);
          assertThat(state(2)).isEqualTo(AlertState.INACTIVE);
          assertThat(alertSeries(seconds)).hasSize((isShort ? 1 : 0) + (isThere ? 1 : 0));
        });
    assertThat(told).isEmpty();
  }

  private AlertState state(int rule) {
    return stand.rule(rule).state();
  }

  @Test
  void withoutForItFiresAtOnceAndWithLessThanAnIntervalAtTheSecondSlot() {
    String rules =
        """
        - alert: AtOnce
          expr: temp > 10
          annotations:
            names: >-
              {{ define "all" }}{{ .arg0 }}-{{ .arg1 }}:
              {{ with query "info{for='template'}" }}{{ . | sortByLabel "id" | first | label "id" }}
              {{- range $v := sortByLabel "id" . }} {{ . | label "id" }}={{ . | value }}{{ end }}
              {{- end }}{{ end }}{{ template "all" (args "x" 7) }}
            numbers: >-
              {{ humanize 2500000 }} {{ humanize1024 3145728 }} {{ humanizeDuration 93784.5 }}
              {{ humanizePercentage 0.125 }} {{ humanizeTimestamp 1700000000 }}
        - alert: Small
          expr: temp > 13
          for: 15s
          annotations:
            texts: >-
              {{ title "two words" }} {{ toUpper "up" }} {{ toLower "DOWN" }} {{ stripPort "[::1]:80" }}
              {{ stripPort "host:80" }} {{ parseDuration "1h1s" }}
              {{ if match "^a+$" "aaa" }}{{ reReplaceAll "b(.)" "<$1>" "abcd" }}{{ end }}
        """;
    List<String> series =
        List.of(
            "temp 9x3 15x7 9x10",
            "info{id=\"2\", for=\"template\"} 5x20",
            "info{id=\"10\", for=\"template\"} 3x20",
            "info{id=\"1\", for=\"other\"} 1x20");
    play(
        300,
        rules,
        series,
        seconds -> {
          checkView(seconds);
          boolean active = seconds >= 60 && seconds < 180;
          assertThat(state(0)).isEqualTo(active ? AlertState.FIRING : AlertState.INACTIVE);
          AlertState small = seconds == 60 ? AlertState.PENDING : AlertState.FIRING;
          assertThat(state(1)).isEqualTo(active ? small : AlertState.INACTIVE);
        });
    assertThat(told)
        .containsExactly(
            "60 FIRING AtOnce",
            "90 FIRING Small",
            "150 STILL_FIRING AtOnce",
            "180 RESOLVED AtOnce",
            "180 RESOLVED Small",
            "270 STILL_RESOLVED AtOnce",
            "270 STILL_RESOLVED Small");
    Labels annotations = events.getFirst().annotations();
    assertThat(annotations.get("names")).isEqualTo("x-7: 10 10=3 2=5");
    assertThat(annotations.get("numbers"))
        .isEqualTo("2.5M 3Mi 1d 2h 3m 4s 12.5% 2023-11-14 22:13:20 +0000 UTC");
    assertThat(events.get(1).annotations().get("texts"))
        .isEqualTo("Two Words UP down ::1 host 3601 a<c>d");
  }

  @Test
  void newAlertsComeWhileOthersFireAndLaterRulesSeeThemInTheSameSlot() {
    String rules =
        """
        - alert: Base
          expr: temp > 10
          for: 3m
          labels: {kind: base}
        - alert: Both
          expr: >-
            ALERTS{alertname="Base", alertstate="firing", room="a"} + ignoring (room)
            ALERTS{alertname="Base", alertstate="firing", room="b"} == 2
          labels: {kind: both, more: x}
          annotations: {was: "{{ $labels.alertname }} of kind {{ .Labels.kind }}"}
        """;
    play(
        1_320,
        rules,
        List.of("temp{room=\"a\"} 1x7 11x64 9x20", "temp{room=\"b\"} 1x31 11x36 9x20"),
        seconds -> {
          checkView(seconds);
          List<AlertState> states =
              stand.rule(0).alerts().stream().map(EngineView.Alert::state).toList();
          assertThat(states).as("at %s s", seconds).isEqualTo(statesOfBase(seconds));
          boolean both = states.equals(List.of(AlertState.FIRING, AlertState.FIRING));
          assertThat(state(1)).isEqualTo(both ? AlertState.FIRING : AlertState.INACTIVE);
        });
    assertThat(told.stream().filter(line -> !line.contains("STILL")))
        .containsExactly(
            "300 FIRING Base",
            "660 FIRING Base",
            "660 FIRING Both",
            "1050 RESOLVED Base",
            "1050 RESOLVED Both",
            "1110 RESOLVED Base");
    AlertEvent both =
        events.stream()
            .filter(event -> event.labels().get("alertname").equals("Both"))
            .findFirst()
            .orElseThrow();
    assertThat(both.labels())
        .isEqualTo(
            Labels.of("alertname", "Both", "alertstate", "firing", "kind", "both", "more", "x"));
    assertThat(both.annotations()).isEqualTo(Labels.of("was", "Base of kind base"));
    assertThat(both.value()).isEqualTo(2);
  }

  private static List<AlertState> statesOfBase(int seconds) {
    List<AlertState> states = new ArrayList<>();
    if (seconds >= 120 && seconds < 1_095) {
      states.add(seconds < 300 ? AlertState.PENDING : AlertState.FIRING);
    }
    if (seconds >= 480 && seconds < 1_035) {
      states.add(seconds < 660 ? AlertState.PENDING : AlertState.FIRING);
    }
    return states;
  }
}
