package dev.tocsin.promql.eval;

import static dev.tocsin.promql.eval.Trees.binary;
import static dev.tocsin.promql.eval.Trees.matched;
import static dev.tocsin.promql.eval.Trees.on;
import static dev.tocsin.promql.eval.Trees.selector;
import static dev.tocsin.promql.eval.Trees.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.VectorMatching.Cardinality;
import dev.tocsin.promql.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class VectorMatchingTest {
  private final MemorySource source = new MemorySource();

  private List<Value.Element> elements(Expr expr) {
    Evaluation result = new Evaluator(source, EvalOptions.DEFAULT).instant(expr, 0);
    return ((Value.Vector) result.value()).elements();
  }

  @Test
  void elementsMeetByAllLabelsButTheName() {
    source.with(series("x", "a", "1"), 1, 6).with(series("y", "a", "1"), 1, 3);
    source.with(series("y", "a", "2"), 1, 5);
    assertThat(elements(binary(BinaryOp.DIV, selector("x"), selector("y"))))
        .containsExactly(new Value.Element(Labels.of("a", "1"), 0, 2));
  }

  @Test
  void aComparisonKeepsTheLeftName() {
    source.with(series("x", "a", "1"), 1, 6).with(series("y", "a", "1"), 1, 3);
    assertThat(elements(binary(BinaryOp.GT, selector("x"), selector("y"))))
        .containsExactly(new Value.Element(series("x", "a", "1"), 0, 6));
    assertThat(elements(binary(BinaryOp.LT, selector("x"), selector("y")))).isEmpty();
  }

  @Test
  void theManySideKeepsItsLabelsAndTakesThoseNamed() {
    source
        .with(series("x", "a", "1", "cpu", "0"), 1, 6)
        .with(series("x", "a", "1", "cpu", "1"), 1, 8);
    source.with(series("info", "a", "1", "version", "7"), 1, 1);
    Expr expr =
        matched(
            BinaryOp.MUL,
            selector("x"),
            selector("info"),
            on(Cardinality.MANY_TO_ONE, List.of("version"), "a"));
    assertThat(elements(expr))
        .containsExactly(
            new Value.Element(Labels.of("a", "1", "cpu", "0", "version", "7"), 0, 6),
            new Value.Element(Labels.of("a", "1", "cpu", "1", "version", "7"), 0, 8));
  }

  @Test
  void groupRightComparesWithTheOneOnTheLeft() {
    source.with(series("limit", "a", "1"), 1, 7);
    source
        .with(series("x", "a", "1", "cpu", "0"), 1, 6)
        .with(series("x", "a", "1", "cpu", "1"), 1, 8);
    Expr expr =
        matched(
            BinaryOp.LT,
            selector("limit"),
            selector("x"),
            on(Cardinality.ONE_TO_MANY, List.of(), "a"));
    assertThat(elements(expr))
        .containsExactly(new Value.Element(series("x", "a", "1", "cpu", "1"), 0, 7));
  }

  @Test
  void twoOnTheOneSideAreAnError() {
    source.with(series("x", "a", "1"), 1, 6);
    source.with(series("y", "a", "1", "b", "2"), 1, 3).with(series("y", "a", "1", "b", "1"), 1, 3);
    Expr expr =
        matched(
            BinaryOp.ADD, selector("x"), selector("y"), on(Cardinality.ONE_TO_ONE, List.of(), "a"));
    assertThatThrownBy(() -> elements(expr))
        .isInstanceOf(EvalException.class)
        .hasMessage(
            "found duplicate series for the match group {a=\"1\"} on the right hand-side of the"
                + " operation: [{__name__=\"y\", a=\"1\", b=\"1\"}, {__name__=\"y\", a=\"1\","
                + " b=\"2\"}];many-to-many matching not allowed: matching labels must be unique on"
                + " one side");
  }

  @Test
  void twoOnTheLeftMustBeAskedFor() {
    source.with(series("x", "a", "1", "b", "2"), 1, 3).with(series("x", "a", "1", "b", "1"), 1, 3);
    source.with(series("y", "a", "1"), 1, 6);
    Expr expr =
        matched(
            BinaryOp.ADD, selector("x"), selector("y"), on(Cardinality.ONE_TO_ONE, List.of(), "a"));
    assertThatThrownBy(() -> elements(expr))
        .hasMessage(
            "multiple matches for labels: many-to-one matching must be explicit"
                + " (group_left/group_right)");
  }

  @Test
  void labelsTakenMustNotMakeTwoElementsEqual() {
    source.with(series("x", "a", "1", "b", "2"), 1, 3).with(series("x", "a", "1", "b", "1"), 1, 3);
    source.with(series("y", "a", "1", "b", "9"), 1, 6);
    Expr expr =
        matched(
            BinaryOp.ADD,
            selector("x"),
            selector("y"),
            on(Cardinality.MANY_TO_ONE, List.of("b"), "a"));
    assertThatThrownBy(() -> elements(expr))
        .hasMessage("multiple matches for labels: grouping labels must ensure unique matches");
  }

  @Test
  void setOperatorsLookAtLabelsOnly() {
    source.with(series("x", "a", "1"), 1, 6).with(series("x", "a", "2"), 1, 7);
    source.with(series("y", "a", "2"), 1, 0).with(series("y", "a", "3"), 1, 9);
    Expr x = selector("x");
    Expr y = selector("y");
    assertThat(elements(binary(BinaryOp.AND, x, y)))
        .containsExactly(new Value.Element(series("x", "a", "2"), 0, 7));
    assertThat(elements(binary(BinaryOp.UNLESS, x, y)))
        .containsExactly(new Value.Element(series("x", "a", "1"), 0, 6));
    assertThat(elements(binary(BinaryOp.OR, x, y)))
        .containsExactly(
            new Value.Element(series("x", "a", "1"), 0, 6),
            new Value.Element(series("x", "a", "2"), 0, 7),
            new Value.Element(series("y", "a", "3"), 0, 9));
  }
}
