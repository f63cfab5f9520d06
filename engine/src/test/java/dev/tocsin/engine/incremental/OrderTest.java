package dev.tocsin.engine.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.promql.value.Value;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is added up in another order has other last digits. Here elements come in an order that
/// depends on who is there, and of many sizes, so that the order shows: what a plan says of them at
/// one moment must hold for what the evaluator finds all the same.
class OrderTest {
  private static final long SEED = 4712;
  private static final int ROUNDS = 400;
  private static final long NOW_MS = 1_000_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "max by (x) (a)",
        "sum by (x) (a)",
        "avg without (y, __name__) (a)",
        "max by (y) (a) * on (y) group_right () a",
        "a * on (x, y) b",
        "a * on (x) group_left () max by (x) (b)",
        "max by (x) (a) * on (x) max by (x) (b)",
        "max by (x) (a) or max by (x) (b)",
        "a or max by (x) (b)",
        "max by (x) (a) and on (x) min by (x) (b)",
        "label_replace(max by (x) (a), 'z', '$1', 'x', '(.*)')",
        "sort(a)",
        "sort_desc(a)",
        "topk(20, a)",
        "bottomk by (y) (20, a)",
        "topk(3, a)",
        "histogram_quantile(0.5, sum by (x, le) (label_replace("
            + "label_join(abs(a), 'le', '', 'y'), 'le', '+Inf', 'y', '3')))"
      })
  void boundsHoldInWhicheverOrderElementsAreMet(String elements) {
    for (String op : new String[] {"sum", "avg", "stddev", "stdvar", "quantile", "sum by (x)"}) {
      String start = op.equals("quantile") ? "quantile(0.3, " : op + "(";
      String text = start + elements + ")";
      Expr expr = PromqlParser.parse(text);
      ConditionPlan plan =
          Objects.requireNonNull(ConditionPlan.of(expr, EvalOptions.DEFAULT.lookbackMs()));
      SplittableRandom random = new SplittableRandom(SEED);
      int found = 0;
      for (int round = 0; round < ROUNDS; round++) {
        Scene scene = scene(expr, random);
        found += look(text + ", seed " + SEED + ", round " + round, expr, plan, scene);
      }
      assertThat(found).as(text).isGreaterThan(ROUNDS / 2);
    }
  }

  /// Those that are there are met in the order of `y`, then of `x`.
  private static Scene scene(Expr expr, SplittableRandom random) {
    Scene scene = new Scene(expr);
    double size = Math.pow(10, random.nextInt(-3, 16));
    for (String name : new String[] {"a", "b"}) {
      for (String y : new String[] {"1", "2", "3"}) {
        for (int x = 1; x <= 5; x++) {
          double some = random.nextGaussian() * (random.nextBoolean() ? 1 : size);
          boolean gone = random.nextInt(3) == 0;
          Labels labels = Labels.of("__name__", name, "x", "" + x, "y", y);
          scene.add(labels, NOW_MS, gone ? StaleMarker.VALUE : some);
        }
      }
    }
    return scene;
  }

  /// Returns how many elements were held against their bounds.
  private static int look(String what, Expr expr, ConditionPlan plan, Scene scene) {
    Bounds bounds = plan.bounds(new ConditionState(), scene, NOW_MS, NOW_MS, false);
    if (bounds == null) {
      return 0;
    }
    Shape shape = plan.shape(scene);
    Value value = new Evaluator(scene, EvalOptions.DEFAULT).instant(expr, NOW_MS).value();
    List<Value.Element> elements = ((Value.Vector) value).elements();
    for (Value.Element element : elements) {
      int at = shape.elements().indexOf(element.labels());
      assertThat(at).as("%s: %s", what, element).isNotNegative();
      if (Double.isNaN(element.value())) {
        assertThat(bounds.nan[at]).as("%s: %s", what, element).isTrue();
      } else {
        assertThat(element.value())
            .as("%s: %s", what, element)
            .isBetween(bounds.lo[at], bounds.hi[at]);
      }
    }
    return elements.size();
  }
}
