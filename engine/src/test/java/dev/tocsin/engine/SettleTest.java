package dev.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.engine.stream.SettleStats;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSettings;
import dev.tocsin.model.input.Settle;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

  @ParameterizedTest
  @ValueSource(strings = {RATIO, RATIO_WITHOUT_PLAN})
  void aPartThatNeverComesKeepsNothingBackForLonger(String rules) {
    start(SETTLE, rules);
    part(11_000, 11_000, A, 20);
    stand.tick(11_019);
    assertThat(kinds()).isEmpty();
    stand.tick(11_020);
    assertThat(kinds()).containsExactly("FIRING@11020");
  }

  @Test
  void anInputAfterThatTimeSettlesAsWell() {
    start(SETTLE, RATIO);
    part(11_000, 11_000, A, 20);
    part(11_030, 11_000, B, 20);
    stand.tick(11_040);
    assertThat(kinds()).as("both parts are there when it settles").isEmpty();
    assertThat(stats().lateSamples()).isZero();
  }

  @Test
  void aQuantileOfBucketsOfWhichHalfCameIsNotJudged() {
    String rules =
        """
        - alert: Slow
          expr: histogram_quantile(0.9, h_bucket) > 1
        """;
    load(SETTLE, Stand.group(rules));
    stand.tick(10_000);
    buckets(10_100, 10_100, 10, "1", "10", "+Inf");
    stand.tick(10_200);
    buckets(11_000, 11_000, 20, "10", "+Inf");
    stand.tick(11_019);
    buckets(11_019, 11_000, 20, "1");
    stand.tick(11_100);
    assertThat(kinds()).isEmpty();

    load(Settle.NONE, Stand.group(rules));
    buckets(12_000, 12_000, 30, "10", "+Inf");
    assertThat(kinds()).as("without a settle time").containsExactly("FIRING@12000");
  }

  private void buckets(long nowMs, long timeMs, double count, String... bounds) {
    stand.nowMs = nowMs;
    stand.part(
        timeMs,
        Arrays.stream(bounds)
            .collect(Collectors.toMap(le -> "h_bucket job=j instance=i le=" + le, _ -> count)));
  }

  @Test
  void aNewerScrapeSettlesTheOneBefore() {
    start(SETTLE, RATIO);
    part(11_000, 11_000, A, 20);
    part(11_010, 11_010, A, 30);
    assertThat(kinds()).as("nobody waits for the rest of 11000").containsExactly("FIRING@11010");
    assertThat(stats().newer()).isEqualTo(1);
    assertThat(stats().waitingSeries()).isEqualTo(1);
    stand.tick(11_030);
    assertThat(stats().waitingSeries()).isZero();
  }

  @Test
  void aPartThatComesLateIsJudgedAtOnce() {
    start(SETTLE, "- {alert: Low, expr: b < 5}");
    part(11_000, 11_000, A, 10);
    stand.tick(11_020);
    part(11_030, 11_000, B, 1);
    assertThat(kinds()).containsExactly("FIRING@11030");
    assertThat(stats().lateSamples()).isEqualTo(1);
  }

  @Test
  void aPartOfAnOlderScrapeIsJudgedAtOnceAndTheNewerGoesOnWaiting() {
    start(SETTLE, "- {alert: Low, expr: b < 5}\n- {alert: High, expr: a > 15}");
    part(11_000, 11_000, A, 20);
    part(11_005, 11_004, A, 10);
    assertThat(kinds()).as("High of 11000, which is settled").containsExactly("FIRING@11005");
    part(11_006, 11_000, B, 1);
    assertThat(kinds()).as("Low").containsExactly("FIRING@11006");
    assertThat(stats().waitingSeries()).isEqualTo(1);
  }

  @Test
  void theSameSampleAgainChangesNothing() {
    start(SETTLE, RATIO);
    part(11_000, 11_000, A, 20);
    part(11_010, 11_000, A, 20);
    assertThat(stats().waitingSeries()).isEqualTo(1);
    part(11_015, 11_000, B, 20);
    stand.tick(11_020);
    part(11_025, 11_000, A, 20);
    assertThat(kinds()).isEmpty();
    assertThat(stats().lateSamples()).as("it was not taken at all").isZero();
  }

  @Test
  void whatComesWholeDoesNotWait() {
    start(SETTLE, RATIO);
    stand.nowMs = 11_000;
    stand.sample(11_000, 20, "a", "job", "j", "instance", "i");
    assertThat(kinds()).containsExactly("FIRING@11000");
  }

  @Test
  void whatHasNoSourceDoesNotWait() {
    start(SETTLE, "- {alert: High, expr: c > 15}");
    part(11_000, 11_000, "c zone=x", 20);
    assertThat(kinds()).containsExactly("FIRING@11000");
    part(11_001, 11_001, "c job=j", 20);
    assertThat(kinds()).isEmpty();
    stand.tick(11_021);
    assertThat(kinds()).as("one of the labels is a source").containsExactly("FIRING@11021");
  }

  @Test
  void sourcesMayHaveTimesOfTheirOwn() {
    Settle settle =
        new Settle(
            20,
            List.of("cluster"),
            List.of(
                new Settle.ForSources("{cluster=~\"fast.*\"}", 0),
                new Settle.ForSources("{cluster=\"slow\"}", 2000)));
    start(settle, "- {alert: High, expr: c > 15}");
    part(11_000, 11_000, "c cluster=fast1 job=j", 20);
    assertThat(kinds()).containsExactly("FIRING@11000");
    part(11_000, 11_000, "c cluster=slow job=j", 20);
    part(11_000, 11_000, "c cluster=other job=j", 20);
    stand.tick(11_020);
    assertThat(kinds()).containsExactly("FIRING@11020");
    stand.tick(12_999);
    assertThat(kinds()).isEmpty();
    stand.tick(13_000);
    assertThat(kinds()).containsExactly("FIRING@13000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a > 15", "a atan2 1 > 1.51", "sort(a) > 15"})
  void aLookSeesNoLessThanTheSlotSaw(String expr) {
    start(SETTLE, "- alert: High\n  expr: " + expr);
    stand.tick(10_400);
    part(19_000, 19_000, A, 1);
    stand.tick(19_500);
    part(19_600, 19_600, A, 19);
    stand.tick(19_620);
    assertThat(kinds()).containsExactly("FIRING@19620");
    part(19_990, 19_990, A, 1);
    stand.tick(20_000);
    assertThat(stand.told()).singleElement().asString().startsWith("RESOLVED");
    stand.tick(20_005);
    part(20_006, 20_006, B, 1);
    stand.tick(20_050);
    assertThat(kinds()).as("of the 19, which the slot knew to be over").isEmpty();
  }

  @Test
  void whatTheSlotSawIsProvenAnew() {
    start(SETTLE.with(5000), "- {alert: Old, expr: time() - a > 15}");
    part(12_000, 12_000, A, 100);
    stand.tick(17_000);
    part(19_990, 19_990, A, 8);
    stand.tick(20_000);
    assertThat(stand.engine.nextDeadlineMs()).isLessThanOrEqualTo(23_001);
    stand.tick(23_000);
    assertThat(kinds()).isEmpty();
    stand.tick(23_001);
    assertThat(kinds()).as("it waits until 24990, and is known").containsExactly("FIRING@23001");
  }

  @Test
  void otherGroupsSlotsShowItToTheirRulesAlone() {
    load(
        SETTLE,
        Stand.group(RATIO),
        "groups: [{name: h, interval: 3s, rules: [{alert: Other, expr: a / b > 1}]}]");
    stand.tick(10_000);
    stand.nowMs = 10_001;
    stand.part(10_001, Map.of(A, 10.0, B, 10.0));
    stand.tick(10_100);
    part(11_995, 11_995, A, 20);
    stand.tick(12_000);
    assertThat(stand.told())
        .as("the slot does as in Prometheus")
        .singleElement()
        .asString()
        .contains("Other");
    stand.tick(12_001);
    part(12_010, 11_995, B, 20);
    stand.tick(12_050);
    assertThat(kinds()).isEmpty();
  }

  @Test
  void aForThatIsOverMeanwhileIsDecidedOnWhatHasSettled() {
    start(SETTLE, "- {alert: High, expr: a / b > 1, for: 12s}");
    part(19_000, 19_000, A, 20);
    stand.tick(20_000);
    part(31_985, 31_985, A, 40);
    stand.tick(32_000);
    assertThat(kinds()).as("20 / 10, as before").containsExactly("FIRING@32000");
  }

  @Test
  void otherTimesSettleWhatWaits() {
    start(SETTLE, RATIO);
    part(11_000, 11_000, A, 20);
    load(SETTLE, Stand.group(RATIO) + "  - name: more\n");
    stand.tick(11_005);
    assertThat(kinds()).as("the same times").isEmpty();
    load(SETTLE.with(1000), Stand.group(RATIO));
    stand.tick(11_010);
    assertThat(kinds()).containsExactly("FIRING@11010");
    assertThat(stats().reload()).isEqualTo(1);
  }

  @Test
  void inStrictModeNothingWaits() {
    stand.step(
        new Input.Reload(
            Stand.rules(RuleSettings.Mode.STRICT, Stand.group(RATIO))
                .with(RuleSettings.DEFAULT.withMode(RuleSettings.Mode.STRICT).withSettle(SETTLE))));
    stand.tick(10_000);
    stand.part(10_000, Map.of(A, 1.0));
    assertThat(stats().waitingSeries()).isZero();
    assertThat(stand.engine.nextDeadlineMs()).isEqualTo(20_000);
  }

  @Test
  void theEvidenceIsWhatTheLookSaw() {
    start(SETTLE, "- {alert: High, expr: a > 5, for: 12s}");
    stand.tick(20_000);
    part(31_985, 31_985, A, 40);
    stand.tick(32_000);
    AlertEvent event = stand.events.getFirst();
    assertThat(event.evidence().sampleTimeMs()).isEqualTo(10_001);
  }

  @Test
  void aRestartInTheMiddleGoesOnWaitingAndLosesNothing() {
    start(SETTLE, RATIO);
    part(11_000, 11_000, A, 30);
    stand.restore();
    part(11_005, 11_000, B, 20);
    stand.restore();
    stand.tick(11_019);
    assertThat(kinds()).isEmpty();
    stand.tick(11_020);
    assertThat(kinds()).containsExactly("FIRING@11020");
  }

  @Test
  void aRestartThatTakesLongerSettlesAtTheFirstTick() {
    start(SETTLE, RATIO);
    part(11_000, 11_000, A, 30);
    stand.restart(14_000);
    assertThat(stand.engine.nextDeadlineMs()).isLessThan(14_000);
    stand.tick(14_000);
    assertThat(kinds()).containsExactly("FIRING@14000");
    part(14_005, 11_000, B, 30);
    assertThat(stand.query("b", 14_005)).as("the late part is kept").hasSize(1);
    stand.tick(20_000);
    assertThat(stand.told()).singleElement().asString().startsWith("RESOLVED");
  }
}
