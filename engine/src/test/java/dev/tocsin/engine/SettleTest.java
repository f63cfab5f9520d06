package dev.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.engine.stream.SettleStats;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSettings;
import dev.tocsin.model.input.Settle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scrapes in several requests, between slots at whole multiples of 10 s. Without a plan means: the
/// evaluator is asked after each sample.
class SettleTest {
  private static final String RATIO =
      """
      - alert: Ratio
        expr: a / b > 1
      """;

  private static final String RATIO_WITHOUT_PLAN =
      """
      - alert: Ratio
        expr: (a / b) atan2 1 > 0.8
      """;

  private static final String A = "a job=j instance=i";
  private static final String B = "b job=j instance=i";
  private static final Settle SETTLE = Settle.NONE.with(20);

  private final Stand stand = new Stand();

  private void start(Settle settle, String rules) {
    load(settle, Stand.group(rules));
    stand.tick(10_000);
    stand.nowMs = 10_001;
    stand.part(10_001, Map.of(A, 10.0, B, 10.0));
    stand.tick(10_100);
    assertThat(stand.told()).isEmpty();
  }

  private void load(Settle settle, String... files) {
    stand.step(
        new Input.Reload(
            Stand.rules(RuleSettings.Mode.STREAM, files)
                .with(RuleSettings.DEFAULT.withSettle(settle))));
  }

  /// `FIRING@time` of what was told.
  private List<String> kinds() {
    List<String> kinds =
        stand.events.stream().map(event -> event.kind() + "@" + event.firedAtMs()).toList();
    stand.events.clear();
    return kinds;
  }

  private void part(long nowMs, long timeMs, String series, double value) {
    stand.nowMs = nowMs;
    stand.part(timeMs, Map.of(series, value));
  }

  private SettleStats stats() {
    return stand.engine.settles();
  }

  @ParameterizedTest
  @ValueSource(strings = {RATIO, RATIO_WITHOUT_PLAN})
  void aRatioOfWhichOneSideCameIsNotJudged(String rules) {
    start(SETTLE, rules);
    part(11_000, 11_000, A, 20);
    assertThat(kinds()).isEmpty();
    part(11_005, 11_000, B, 20);
    stand.tick(11_020);
    assertThat(kinds()).isEmpty();
    assertThat(stats().elapsed()).isEqualTo(2);
    assertThat(stats().waitingSeries()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {RATIO, RATIO_WITHOUT_PLAN})
  void withoutASettleTimeItIsToldWrongly(String rules) {
    start(Settle.NONE, rules);
    part(11_000, 11_000, A, 20);
    assertThat(kinds()).containsExactly("FIRING@11000");
  }

  @ParameterizedTest
  @ValueSource(strings = {RATIO, RATIO_WITHOUT_PLAN})
  void whatIsTrueOfTheWholeFiresWhenItSettles(String rules) {
    start(SETTLE, rules);
    part(11_000, 11_000, A, 30);
    part(11_005, 11_000, B, 20);
    assertThat(stand.engine.nextDeadlineMs()).isLessThanOrEqualTo(11_020);
    stand.tick(11_019);
    assertThat(kinds()).isEmpty();
    stand.tick(11_020);
    assertThat(kinds()).containsExactly("FIRING@11020");
  }
}
