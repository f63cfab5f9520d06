package dev.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSettings;
import dev.tocsin.model.input.RuleSettings.Mode;
import dev.tocsin.model.input.RuleSettings.NoData;
import dev.tocsin.model.input.RuleSettings.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Slots are at whole multiples of 10 s.
class NoDataTest {
  private static final String RULE =
      """
      - alert: Hot
        expr: t > 5
        labels: {severity: page}
      """;

  private final Stand stand = new Stand();

  private void start(Mode mode, NoData... noData) {
    RuleSettings settings = new RuleSettings(mode, List.of(), List.of(noData));
    stand.step(new Input.Reload(Stand.rules(Stand.group(RULE)).with(settings)));
    stand.nowMs = 5_000;
    sample(5_000, 7);
    stand.tick(10_000);
    stand.told();
  }

  private void sample(long timeMs, double value) {
    stand.nowMs = Math.max(stand.nowMs, timeMs);
    stand.sample(timeMs, value, "t", "room", "a");
  }

  private List<String> kinds() {
    List<String> kinds =
        stand.events.stream()
            .map(event -> event.kind() + " " + event.labels().get("tocsin_no_data"))
            .map(String::strip)
            .toList();
    stand.events.clear();
    return kinds;
  }

  @Test
  void missingDataResolvesUnlessSaidOtherwise() {
    start(Mode.STRICT);
    sample(12_000, StaleMarker.VALUE);
    stand.tick(20_000);
    assertThat(kinds()).containsExactly("RESOLVED");
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void heldItStaysUntilThereIsData(Mode mode) {
    start(mode, new NoData("Hot", "", Policy.HOLD));
    sample(12_000, StaleMarker.VALUE);
    stand.tick(20_000);
    stand.restore();
    stand.tick(60_000);
    assertThat(kinds()).isEmpty();
    stand.tick(80_000);
    assertThat(stand.rule(0).alerts()).hasSize(1);
    sample(85_000, 1);
    stand.tick(90_000);
    assertThat(kinds()).containsExactly("STILL_FIRING", "RESOLVED");
  }

  @Test
  void afterTheLookbackDataIsMissingToo() {
    start(Mode.STRICT, new NoData("Hot", "", Policy.HOLD));
    for (long at = 20_000; at <= 400_000; at += 10_000) {
      stand.tick(at);
    }
    assertThat(kinds()).allMatch("STILL_FIRING"::equals);
    sample(401_000, 1);
    stand.tick(410_000);
    assertThat(kinds()).containsExactly("RESOLVED");
  }

  @Test
  void blindItIsToldAsAnAlertOfItsOwn() {
    start(Mode.STREAM, new NoData("", "{severity=\"page\"}", Policy.BLIND));
    sample(12_000, StaleMarker.VALUE);
    stand.tick(20_000);
    assertThat(kinds()).containsExactly("FIRING blind");
    assertThat(stand.rule(0).alerts()).hasSize(2);
    stand.restore();
    stand.tick(80_000);
    stand.tick(90_000);
    assertThat(kinds()).contains("STILL_FIRING blind").doesNotContain("FIRING blind");
    sample(95_000, 9);
    stand.tick(100_000);
    assertThat(kinds()).containsExactly("RESOLVED blind");
    sample(105_000, 1);
    stand.tick(110_000);
    assertThat(kinds()).containsExactly("RESOLVED");
  }

  @Test
  void aConditionThatIsFalseResolves() {
    start(Mode.STREAM, new NoData("Hot", "", Policy.BLIND));
    sample(12_000, 1);
    stand.tick(20_000);
    assertThat(kinds()).containsExactly("RESOLVED");
  }

  @Test
  void whatIsStillInTheRangeIsData() {
    RuleSettings settings =
        new RuleSettings(Mode.STRICT, List.of(), List.of(new NoData("Busy", "", Policy.HOLD)));
    String rule = "- alert: Busy\n  expr: count_over_time(t[20m]) > 2\n";
    stand.step(new Input.Reload(Stand.rules(Stand.group(rule)).with(settings)));
    sample(1_000, 1);
    sample(100_000, 1);
    sample(200_000, 1);
    stand.tick(210_000);
    stand.tick(1_200_000);
    assertThat(kinds()).containsExactly("FIRING", "STILL_FIRING");
    // The first sample has left the range, the others have not.
    stand.tick(1_210_000);
    assertThat(kinds()).containsExactly("RESOLVED");
  }

  @Test
  void aBlindAlertIsToldOnceAlsoWhereItFiredBeforeItsSlot() {
    RuleSettings settings =
        new RuleSettings(Mode.STREAM, List.of(), List.of(new NoData("Hot", "", Policy.BLIND)));
    String rule = "- alert: Hot\n  expr: t > 5\n  for: 15s\n";
    stand.step(new Input.Reload(Stand.rules(Stand.group(rule)).with(settings)));
    sample(5_000, 7);
    stand.tick(10_000);
    stand.tick(20_000);
    stand.tick(25_000);
    assertThat(kinds()).containsExactly("FIRING");
    sample(26_000, StaleMarker.VALUE);
    stand.tick(30_000);
    assertThat(kinds()).containsExactly("FIRING blind");
  }

  @Test
  void theFirstPolicyThatFitsDecides() {
    start(
        Mode.STREAM,
        new NoData("Cold", "", Policy.BLIND),
        new NoData("", "{severity=\"page\"}", Policy.RESOLVE),
        new NoData("Hot", "", Policy.BLIND));
    sample(12_000, StaleMarker.VALUE);
    stand.tick(20_000);
    assertThat(kinds()).containsExactly("RESOLVED");
  }
}
