package dev.tocsin.promql.eval;

import static dev.tocsin.promql.eval.Trees.aggregate;
import static dev.tocsin.promql.eval.Trees.call;
import static dev.tocsin.promql.eval.Trees.named;
import static dev.tocsin.promql.eval.Trees.range;
import static dev.tocsin.promql.eval.Trees.series;
import static dev.tocsin.promql.eval.Trees.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.value.Value;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NameRemovalTest {
  private final MemorySource source = new MemorySource();

  @BeforeEach
  void load() {
    source.with(series("x_total", "a", "1"), 30_000, 0, 30, 60);
    source.with(series("y_total", "a", "1"), 30_000, 0, 60, 120);
  }

  private List<Value.Element> elements(Expr expr, boolean delayed) {
    EvalOptions options = EvalOptions.DEFAULT.withDelayedNameRemoval(delayed);
    Evaluation result = new Evaluator(source, options).instant(expr, 60_000);
    return ((Value.Vector) result.value()).elements();
  }

  private static Expr rates() {
    return call("rate", range(named("[xy]_total"), 60_000));
  }

  @Test
  void atOnceTheRatesOfTwoMetricsCollide() {
    assertThatThrownBy(() -> elements(rates(), false))
        .hasMessage("vector cannot contain metrics with the same labelset");
  }

  @Test
  void delayedTheyCollideOnlyAtTheEnd() {
    assertThatThrownBy(() -> elements(rates(), true))
        .hasMessage("vector cannot contain metrics with the same labelset");
    assertThat(elements(aggregate(AggregateOp.SUM, rates(), "a"), true))
        .containsExactly(new Value.Element(Labels.of("a", "1"), 60_000, 3));
  }

  @Test
  void delayedANameCanBeSavedByRelabelling() {
    Expr saved =
        call(
            "label_replace",
            rates(),
            text("__name__"),
            text("rate_$1"),
            text("__name__"),
            text("(.+)_total"));
    assertThat(elements(saved, true))
        .containsExactlyInAnyOrder(
            new Value.Element(series("rate_x", "a", "1"), 60_000, 1),
            new Value.Element(series("rate_y", "a", "1"), 60_000, 2));
  }

  @Test
  void typeAndUnitGoWithTheName() {
    source.clear();
    source.with(series("x", "__type__", "gauge", "__unit__", "s", "a", "1"), 1, -4);
    assertThat(elements(call("abs", Trees.selector("x")), false))
        .containsExactly(new Value.Element(Labels.of("a", "1"), 60_000, 4));
  }

  @Test
  void lastOverTimeKeepsTheName() {
    assertThat(elements(call("last_over_time", range("x_total", 60_000)), false))
        .containsExactly(new Value.Element(series("x_total", "a", "1"), 60_000, 60));
  }
}
