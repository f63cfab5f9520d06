package dev.tocsin.engine.partition;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.value.Value;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The definition of a valid key, tried on one set of series: what is evaluated from the series of
/// one part is exactly what of the whole result belongs to that part.
final class PartitionCheck {
  private final RandomSeries series;
  private final EvalOptions options;
  private final long timeMs;

  /// What came of it.
  ///
  /// @param difference null where the key held
  /// @param elements of the whole result; -1 where the evaluation failed
  record Outcome(@Nullable String difference, int elements, int parts) {}

  PartitionCheck(RandomSeries series, EvalOptions options, long timeMs) {
    this.series = series;
    this.options = options;
    this.timeMs = timeMs;
  }

  Outcome check(Expr expr, PartitionKey key) {
    Map<Labels, String> whole;
    try {
      whole = evaluate(series, expr);
    } catch (EvalException _) {
      return new Outcome(null, -1, 0);
    }
    TreeSet<Labels> parts = new TreeSet<>();
    series.all().forEach(each -> parts.add(key.restrict(each.labels())));
    whole.keySet().forEach(labels -> parts.add(key.restrict(labels)));
    if (!key.isEmpty()) {
      // A part that has no series.
      String other = key.allBut() ? "nowhere" : new TreeSet<>(key.names()).getFirst();
      parts.add(Labels.of(other, "nowhere"));
    }
    for (Labels part : parts) {
      String difference = difference(expr, key, part, whole);
      if (difference != null) {
        return new Outcome(difference, whole.size(), parts.size());
      }
    }
    return new Outcome(null, whole.size(), parts.size());
  }

  private @Nullable String difference(
      Expr expr, PartitionKey key, Labels part, Map<Labels, String> whole) {
    Map<Labels, String> wanted = new TreeMap<>(whole);
    wanted.keySet().removeIf(labels -> !key.restrict(labels).equals(part));
    Map<Labels, String> found;
    try {
      found = evaluate(series.restrict(labels -> key.restrict(labels).equals(part)), expr);
    } catch (EvalException e) {
      return part + " fails: " + e.getMessage();
    }
    return found.equals(wanted) ? null : part + " gives " + found + " instead of " + wanted;
  }

  /// Values to the last bit.
  private Map<Labels, String> evaluate(SeriesSource source, Expr expr) {
    Value value = new Evaluator(source, options).instant(expr, timeMs).value();
    Map<Labels, String> result = new TreeMap<>();
    if (value instanceof Value.Vector(var elements)) {
      for (Value.Element element : elements) {
        boolean isFloat = element.histogram() == null;
        result.put(
            element.labels(),
            isFloat ? Double.toString(element.value()) : String.valueOf(element.histogram()));
      }
    } else {
      result.put(Labels.empty(), value.toString());
    }
    return result;
  }
}
