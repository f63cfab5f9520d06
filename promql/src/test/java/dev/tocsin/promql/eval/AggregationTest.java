package dev.tocsin.promql.eval;

import static dev.tocsin.promql.eval.Trees.aggregate;
import static dev.tocsin.promql.eval.Trees.selector;
import static dev.tocsin.promql.eval.Trees.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class AggregationTest {
  private final MemorySource source = new MemorySource();

  private Evaluation evaluate(Expr expr) {
    return new Evaluator(source, EvalOptions.DEFAULT).instant(expr, 0);
  }

  private List<Double> values(Expr expr) {
    Value.Vector vector = (Value.Vector) evaluate(expr).value();
    return vector.elements().stream().map(Value.Element::value).toList();
  }

  private void load(double... values) {
    for (int i = 0; i < values.length; i++) {
      source.with(series("x", "i", String.valueOf(i)), 1, values[i]);
    }
  }

  private List<Double> all(AggregateOp op) {
    return values(aggregate(op, selector("x")));
  }

  @Test
  void eachMakesOneNumberOfAGroup() {
    load(1, 2, 3, 4);
    assertThat(all(AggregateOp.SUM)).containsExactly(10.0);
    assertThat(all(AggregateOp.AVG)).containsExactly(2.5);
    assertThat(all(AggregateOp.COUNT)).containsExactly(4.0);
    assertThat(all(AggregateOp.MIN)).containsExactly(1.0);
    assertThat(all(AggregateOp.MAX)).containsExactly(4.0);
    assertThat(all(AggregateOp.GROUP)).containsExactly(1.0);
    assertThat(all(AggregateOp.STDVAR)).containsExactly(1.25);
    assertThat(all(AggregateOp.STDDEV)).containsExactly(Math.sqrt(1.25));
  }

  @Test
  void nothingIsNotAggregated() {
    assertThat(all(AggregateOp.COUNT)).isEmpty();
  }

  @Test
  void theBestComeFirstAndNanLast() {
    load(3, Double.NaN, 5, 1);
    assertThat(values(aggregate(AggregateOp.TOPK, 2, selector("x")))).containsExactly(5.0, 3.0);
    assertThat(values(aggregate(AggregateOp.BOTTOMK, 2, selector("x")))).containsExactly(1.0, 3.0);
    assertThat(values(aggregate(AggregateOp.TOPK, 9, selector("x"))))
        .containsExactly(5.0, 3.0, 1.0, Double.NaN);
    assertThat(values(aggregate(AggregateOp.TOPK, 0, selector("x")))).isEmpty();
  }

  @Test
  void aRankThatIsNoNumberIsAnError() {
    load(1);
    assertThatThrownBy(() -> evaluate(aggregate(AggregateOp.TOPK, 1e300, selector("x"))))
        .hasMessage("Scalar value 1e+300 overflows int64");
  }

  @Test
  void aQuantileOutsideOfItsRangeIsInfiniteAndTold() {
    load(1, 2);
    Evaluation result = evaluate(aggregate(AggregateOp.QUANTILE, 1.5, selector("x")));
    assertThat(((Value.Vector) result.value()).elements().getFirst().value())
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(result.warnings())
        .containsExactly("PromQL warning: quantile value should be between 0 and 1, got 1.5 (1:1)");
  }

  @Test
  void equalValuesAreCounted() {
    load(1, 2, 1, Double.POSITIVE_INFINITY);
    Expr expr =
        new Expr.Aggregate(
            AggregateOp.COUNT_VALUES,
            selector("x"),
            Trees.text("value"),
            List.of(),
            false,
            Span.NONE);
    Value.Vector vector = (Value.Vector) evaluate(expr).value();
    assertThat(vector.elements().stream().map(e -> e.labels() + " " + e.value()))
        .containsExactly("{value=\"1\"} 2.0", "{value=\"2\"} 1.0", "{value=\"+Inf\"} 1.0");
  }

  @Test
  void aRatioAndItsComplementMakeUpTheWhole() {
    load(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    List<Double> some = values(aggregate(AggregateOp.LIMIT_RATIO, 0.3, selector("x")));
    List<Double> others = values(aggregate(AggregateOp.LIMIT_RATIO, -0.7, selector("x")));
    assertThat(some.size() + others.size()).isEqualTo(12);
    assertThat(some).doesNotContainAnyElementsOf(others);
  }
}
