package dev.tocsin.engine.incremental;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import dev.tocsin.promql.ast.Expr.WindowMode;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.ast.TimeModifier;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.value.Value;
import java.util.ArrayList;
import java.util.List;

/// The labels that functions make, by asking the evaluator: it evaluates the function on one series
/// with these labels.
final class Relabelled {
  private static final VectorSelector ANY =
      new VectorSelector("", List.of(), TimeModifier.NONE, WindowMode.PLAIN, Span.NONE);

  private Relabelled() {}

  /// Of label_replace and label_join.
  static Shape of(Expr.Call call, Shape shape, ShapeBuilder builder) {
    List<Expr> arguments = new ArrayList<>(call.arguments());
    arguments.set(0, ANY);
    Expr onAny = new Expr.Call(call.function(), arguments, call.span());
    List<Labels> labels = new ArrayList<>(shape.size());
    try {
      for (Labels element : shape.elements()) {
        labels.add(first(onAny, one(element)));
      }
    } catch (EvalException _) {
      builder.giveUp(); // the evaluator has to say what is wrong
      return shape;
    }
    builder.requireUnique(labels);
    return new Shape(labels, shape.ordered());
  }

  /// Of absent and absent_over_time.
  static Labels ofAbsent(Expr.Call call) {
    return first(call, (_, _, _) -> List.of());
  }

  private static SeriesSource one(Labels labels) {
    SeriesData data = new SeriesData(labels, new long[] {0}, new double[] {1}, 0, 1);
    return (_, _, _) -> List.of(data);
  }

  private static Labels first(Expr expr, SeriesSource source) {
    Value value = new Evaluator(source, EvalOptions.DEFAULT).instant(expr, 0).value();
    return value instanceof Value.Vector vector && !vector.elements().isEmpty()
        ? vector.elements().getFirst().labels()
        : Labels.empty();
  }
}
