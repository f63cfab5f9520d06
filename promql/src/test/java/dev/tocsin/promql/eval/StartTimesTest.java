package dev.tocsin.promql.eval;

import static dev.tocsin.promql.eval.Trees.call;
import static dev.tocsin.promql.eval.Trees.range;
import static dev.tocsin.promql.eval.Trees.selector;
import static dev.tocsin.promql.eval.Trees.series;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.value.Value;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StartTimesTest {
  private static final long MINUTE = 60_000;

  private final MemorySource source = new MemorySource();

  /// A counter that grows from 10 to 30; but at 2.5 min it began anew.
  @BeforeEach
  void load() {
    Labels labels = series("x_total");
    source.addStarted(labels, MINUTE, 10, 30_000);
    source.addStarted(labels, 2 * MINUTE, 20, 30_000);
    source.addStarted(labels, 3 * MINUTE, 30, 150_000);
  }

  private Evaluation evaluate(Expr expr, boolean startTimes) {
    EvalOptions options = EvalOptions.DEFAULT.withStartTimestamps(startTimes);
    return new Evaluator(source, options).instant(expr, 3 * MINUTE);
  }

  private List<Value.Element> elements(Expr expr, boolean startTimes) {
    return ((Value.Vector) evaluate(expr, startTimes).value()).elements();
  }

  private double only(Expr expr, boolean startTimes) {
    return elements(expr, startTimes).getFirst().value();
  }

  @Test
  void aSampleThatStartedAfterTheOneBeforeItIsAReset() {
    Expr resets = call("resets", range("x_total", 3 * MINUTE));
    assertThat(only(resets, true)).isEqualTo(1);
    assertThat(only(resets, false)).isZero();
    Expr irate = call("irate", range("x_total", 3 * MINUTE));
    assertThat(only(irate, true)).isEqualTo(30.0 / 60);
    assertThat(only(irate, false)).isEqualTo(10.0 / 60);
  }

  @Test
  void aCounterThatStartedInTheRangeWasZeroThen() {
    // 10 up to the first sample, 10 more, 30 after the reset; nothing is extrapolated.
    Expr increase = call("increase", range("x_total", 3 * MINUTE));
    assertThat(only(increase, true)).isEqualTo(50);
    assertThat(only(increase, false)).isEqualTo(30);
  }

  @Test
  void oneSampleThatStartedInTheRangeIsEnough() {
    Expr increase = call("increase", range("x_total", MINUTE));
    assertThat(only(increase, true)).isEqualTo(30);
    assertThat(elements(increase, false)).isEmpty();
  }

  @Test
  void aStartBeforeTheLastSampleIsRemarkedOnce() {
    source.addStarted(series("x_total"), 2 * MINUTE + 1, 25, 45_000);
    Expr rate = call("rate", range("x_total", 3 * MINUTE));
    assertThat(evaluate(rate, true).warnings())
        .containsExactly(
            "PromQL warning: sample has start time that overlaps with previous sample timestamp for"
                + " metric \"x_total\" (1:6)");
    assertThat(evaluate(rate, false).warnings()).isEmpty();
  }

  @Test
  void theStartTimeOfASelectorCanBeAskedFor() {
    assertThat(only(call("start_timestamp", selector("x_total")), true)).isEqualTo(150);
    assertThat(elements(call("start_timestamp", selector("x_total")), false)).isEmpty();
    Expr shifted = call("start_timestamp", call("abs", selector("x_total")));
    assertThat(elements(shifted, true)).isEmpty();
  }
}
