package dev.tocsin.engine.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.parse.PromqlParser;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConditionPlanTest {
  private static final long LOOKBACK_MS = 300_000;
  private static final long MINUTE_MS = 60_000;
  private static final Labels A = Labels.of("__name__", "a");
  private static final Labels B = Labels.of("__name__", "b");

  private static final int LOOKS = 5000;

  /// For what the virtual machine itself does meanwhile.
  private static final long SLACK_BYTES = 16_384;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private Scene scene = new Scene(PromqlParser.parse("a"));
  private ConditionPlan plan = plan("a");
  private ConditionState state = new ConditionState();

  private static ConditionPlan plan(String text) {
    return Objects.requireNonNull(ConditionPlan.of(PromqlParser.parse(text), LOOKBACK_MS));
  }

  private void condition(String text) {
    Expr expr = PromqlParser.parse(text);
    scene = new Scene(expr);
    plan = plan(text);
    state = new ConditionState();
  }

  private long look(long timeMs) {
    return plan.noUntilMs(state, scene, timeMs);
  }

  @Test
  void aValueOnTheOtherSideIsNoForEver() {
    condition("a > 5");
    scene.add(A, 1000, 5);
    assertThat(look(1000)).isEqualTo(Long.MAX_VALUE);
    scene.add(A, 2000, 6);
    assertThat(look(2000)).isEqualTo(ConditionPlan.MAYBE);
    assertThat(look(2000 + LOOKBACK_MS)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aStaleMarkerEndsASeries() {
    condition("a > 5");
    scene.add(A, 1000, 6);
    scene.add(A, 2000, StaleMarker.VALUE);
    assertThat(look(2000)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatIsAbsentIsSoWhenTheLastSampleGrowsTooOld() {
    condition("absent(a)");
    scene.add(A, 1000, 6);
    assertThat(look(1000)).isEqualTo(1000 + LOOKBACK_MS);
    assertThat(look(1000 + LOOKBACK_MS)).isEqualTo(ConditionPlan.MAYBE);
  }

  @Test
  void anOffsetSampleIsLookedForWhenItComesIntoView() {
    condition("a offset 1m > 5");
    scene.add(A, 1000, 6);
    assertThat(look(1000)).isEqualTo(1000 + MINUTE_MS);
    assertThat(look(1000 + MINUTE_MS)).isEqualTo(ConditionPlan.MAYBE);
  }

  @Test
  void aSilenceIsFoundByWakingShortlyBeforeAndAgain() {
    condition("time() - timestamp(a) > 100");
    scene.add(A, 0, 1);
    long timeMs = 0;
    int looks = 0;
    while (look(timeMs) != ConditionPlan.MAYBE) {
      timeMs = look(timeMs);
      looks++;
    }
    assertThat(timeMs).isEqualTo(100_001);
    assertThat(looks).isLessThan(10);
  }

  @Test
  void aQuietCounterNeedsNoTimer() {
    condition("increase(a[5m]) > 0");
    for (int i = 0; i < 20; i++) {
      scene.add(A, i * 15_000L, 7);
    }
    assertThat(look(285_000)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aRateBelowIsNoUntilASampleLeaves() {
    condition("rate(a[5m]) < 0.9");
    for (int i = 0; i <= 20; i++) {
      scene.add(A, i * 15_000L, i * 15.0);
    }
    assertThat(look(300_000)).isBetween(300_001L + 14_000, 300_000L + 75_000);
  }

  @Test
  void anHourIsNoUntilItStrikes() {
    condition("vector(1) and on() hour() == 3");
    long timeMs = 2 * 3_600_000 + 1;
    for (int i = 0; i < 40 && look(timeMs) != ConditionPlan.MAYBE; i++) {
      timeMs = look(timeMs);
    }
    assertThat(timeMs).isEqualTo(3 * 3_600_000);
  }

  @Test
  void whereTheEvaluatorMayFailNothingIsProven() {
    condition("a > on() b");
    scene.add(A, 1000, 1);
    scene.add(B, 1000, 5);
    assertThat(look(1000)).isEqualTo(Long.MAX_VALUE);
    scene.add(Labels.of("__name__", "b", "x", "2"), 1000, 6);
    assertThat(look(1000)).isEqualTo(ConditionPlan.MAYBE);
  }

  @Test
  void newMembersAreSeen() {
    condition("count(a) > 1");
    scene.add(A, 1000, 1);
    assertThat(look(1000)).isEqualTo(Long.MAX_VALUE);
    scene.add(Labels.of("__name__", "a", "x", "2"), 1000, 1);
    assertThat(look(1000)).isEqualTo(ConditionPlan.MAYBE);
  }

  @Test
  void aSketchForgetsWhatIsOldAndReadsAgainWhatItIsTold() {
    condition("max_over_time(a[1h]) > 100");
    scene.add(A, 0, 101);
    long timeMs = 0;
    while (timeMs < 3_600_000) {
      timeMs += 15_000;
      scene.add(A, timeMs, 1);
      long untilMs = look(timeMs);
      if (timeMs < 3_600_000) {
        assertThat(untilMs).isEqualTo(ConditionPlan.MAYBE);
      } else {
        assertThat(untilMs).isGreaterThan(timeMs);
      }
    }
    assertThat(state.hasSketches()).isTrue();
    state.forget();
    assertThat(state.hasSketches()).isFalse();
    assertThat(look(timeMs)).isGreaterThan(timeMs);
  }

  @Test
  void someConditionsHaveNoPlan() {
    for (String text :
        new String[] {
          "max_over_time(rate(a[5m])[1h:]) > 1",
          "a @ 1000 > 1",
          "histogram_count(a) > 1",
          "count_values(\"x\", a) > 1",
          "1"
        }) {
      assertThat(ConditionPlan.of(PromqlParser.parse(text), LOOKBACK_MS)).as(text).isNull();
    }
  }

  @Test
  void partitionsThatLookAlikeShareTheirTopology() {
    Expr expr = PromqlParser.parse("sum by (x) (rate(a[5m])) > 1");
    ConditionPlan shared = Objects.requireNonNull(ConditionPlan.of(expr, LOOKBACK_MS));
    ConditionState[] states = {new ConditionState(), new ConditionState()};
    for (int i = 0; i < 2; i++) {
      Scene partition = new Scene(expr);
      partition.add(Labels.of("__name__", "a", "x", "host-" + i), 1000, 1);
      shared.noUntilMs(states[i], partition, 1000);
    }
    assertThat(states[0].topology).isNotNull().isSameAs(states[1].topology);
  }

  /// What [Scene#lend] allocates is a [dev.tocsin.store.Samples] a call.
  @Test
  void aLookAllocatesNothingButWhatIsLent() {
    long instants = bytesOfLooks("sum by (x) (a) / on(x) (a + 1) > 5 or absent(a) == 2");
    assertThat(instants).isLessThanOrEqualTo(SLACK_BYTES);
    long windows = bytesOfLooks("sum(rate(a[5m])) > 1000 and on() max_over_time(a[5m]) > 1e9");
    assertThat(windows).isLessThanOrEqualTo(SLACK_BYTES + LOOKS * 2L * 4 * 48);
  }

  private long bytesOfLooks(String text) {
    condition(text);
    for (int i = 0; i < 40; i++) {
      scene.add(Labels.of("__name__", "a", "x", "1"), i * 15_000L, i);
      scene.add(Labels.of("__name__", "a", "x", "2"), i * 15_000L, i + 0.5);
    }
    long timeMs = 39 * 15_000L;
    for (int i = 0; i < 1000; i++) {
      assertThat(look(timeMs)).isNotEqualTo(ConditionPlan.MAYBE);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    long sum = 0;
    for (int i = 0; i < LOOKS; i++) {
      sum += look(timeMs) & 1;
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(sum).isGreaterThanOrEqualTo(0);
    return allocated;
  }
}
