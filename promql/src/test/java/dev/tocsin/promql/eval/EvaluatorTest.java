package dev.tocsin.promql.eval;

import static dev.tocsin.promql.eval.Trees.aggregate;
import static dev.tocsin.promql.eval.Trees.binary;
import static dev.tocsin.promql.eval.Trees.call;
import static dev.tocsin.promql.eval.Trees.number;
import static dev.tocsin.promql.eval.Trees.range;
import static dev.tocsin.promql.eval.Trees.selector;
import static dev.tocsin.promql.eval.Trees.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final long MINUTE = 60_000;

  private final MemorySource source = new MemorySource();

  private Evaluation instant(Expr expr, long timeMs) {
    return new Evaluator(source, EvalOptions.DEFAULT).instant(expr, timeMs);
  }

  private List<Value.Element> elements(Expr expr, long timeMs) {
    return ((Value.Vector) instant(expr, timeMs).value()).elements();
  }

  private double only(Expr expr, long timeMs) {
    return elements(expr, timeMs).getFirst().value();
  }

  @Test
  void anElementVanishesExactlyWhenItIsAsOldAsTheLookback() {
    source.with(series("x"), MINUTE, 7);
    assertThat(elements(selector("x"), 5 * MINUTE - 1)).hasSize(1);
    assertThat(elements(selector("x"), 5 * MINUTE)).isEmpty();
  }

  @Test
  void aStaleMarkerEndsASeriesAtOnce() {
    source.with(series("x"), MINUTE, 7, StaleMarker.VALUE);
    assertThat(elements(selector("x"), MINUTE - 1)).hasSize(1);
    assertThat(elements(selector("x"), MINUTE)).isEmpty();
  }

  @Test
  void aRangeIsOpenOnTheLeftAndSkipsStaleMarkers() {
    source.with(series("x"), MINUTE, 1, 2, StaleMarker.VALUE, 4);
    assertThat(only(call("count_over_time", range("x", 3 * MINUTE)), 3 * MINUTE)).isEqualTo(2);
    assertThat(only(call("sum_over_time", range("x", 3 * MINUTE)), 3 * MINUTE)).isEqualTo(6);
  }

  @Test
  void rateExtrapolatesToBothEndsOfTheRange() {
    source.with(series("x_total"), MINUTE, 0, 60, 120, 180, 240, 300);
    assertThat(only(call("rate", range("x_total", 5 * MINUTE)), 5 * MINUTE)).isEqualTo(1.0);
    assertThat(elements(call("rate", range("x_total", 5 * MINUTE)), 5 * MINUTE).getFirst().labels())
        .isEqualTo(Labels.empty());
  }

  @Test
  void rateOfSomethingThatIsNotNamedLikeACounterSaysSo() {
    source.with(series("x"), MINUTE, 0, 60, 120);
    assertThat(instant(call("rate", range("x", 5 * MINUTE)), 2 * MINUTE).infos())
        .containsExactly(
            "PromQL info: metric might not be a counter, name does not end in"
                + " _total/_sum/_count/_bucket: \"x\" (1:6)");
  }

  @Test
  void aComparisonKeepsTheElementAndItsName() {
    source.with(series("x", "a", "1"), MINUTE, 3).with(series("x", "a", "2"), MINUTE, 5);
    List<Value.Element> found = elements(binary(BinaryOp.GT, selector("x"), number(4)), 0);
    assertThat(found).containsExactly(new Value.Element(series("x", "a", "2"), 0, 5));
  }

  @Test
  void sumsGoByTheLabelsKept() {
    source
        .with(series("x", "a", "1", "b", "1"), MINUTE, 1)
        .with(series("x", "a", "1", "b", "2"), MINUTE, 2)
        .with(series("x", "a", "2"), MINUTE, 4);
    Expr sum = aggregate(AggregateOp.SUM, selector("x"), "a");
    assertThat(elements(sum, 0))
        .containsExactly(
            new Value.Element(Labels.of("a", "1"), 0, 3),
            new Value.Element(Labels.of("a", "2"), 0, 4));
  }

  @Test
  void twoSeriesThatDifferInTheNameOnlyAreAnErrorOnceItIsGone() {
    source.with(series("x"), MINUTE, 1).with(series("y"), MINUTE, 2);
    Expr both = Trees.named("x|y");
    assertThatThrownBy(() -> instant(call("abs", both), 0))
        .isInstanceOf(EvalException.class)
        .hasMessage("vector cannot contain metrics with the same labelset");
  }

  @Test
  void aRangeQuerySelectsOnceAndSortsItsRows() {
    source.with(series("x", "a", "2"), MINUTE, 1, 2, 3).with(series("x", "a", "1"), MINUTE, 4, 5);
    Evaluation result =
        new Evaluator(source, EvalOptions.DEFAULT).range(selector("x"), 0, 2 * MINUTE, MINUTE);
    List<Value.Row> rows = ((Value.Matrix) result.value()).rows();
    assertThat(rows).hasSize(2);
    assertThat(rows.getFirst().labels()).isEqualTo(series("x", "a", "1"));
    assertThat(rows.getFirst().values()).containsExactly(4, 5, 5);
    assertThat(rows.getLast().timesMs()).containsExactly(0, MINUTE, 2 * MINUTE);
    assertThat(source.selections()).isEqualTo(1);
  }

  @Test
  void tooManySamplesAreAnError() {
    source.with(series("x"), MINUTE, 1, 2, 3);
    EvalOptions few = EvalOptions.DEFAULT.withSamplesMax(2);
    assertThatThrownBy(() -> new Evaluator(source, few).range(selector("x"), 0, 180_000, 60_000))
        .isInstanceOf(EvalException.class)
        .hasMessage("query processing would load too many samples into memory in query execution")
        .extracting(e -> ((EvalException) e).kind())
        .isEqualTo(EvalException.Kind.LIMIT);
  }

  @Test
  void aCancelledQueryEnds() {
    EvalOptions cancelled = EvalOptions.DEFAULT.withCancelled(() -> true);
    assertThatThrownBy(() -> new Evaluator(source, cancelled).instant(number(1), 0))
        .isInstanceOf(EvalException.class)
        .hasMessage("query was canceled in expression evaluation");
  }
}
