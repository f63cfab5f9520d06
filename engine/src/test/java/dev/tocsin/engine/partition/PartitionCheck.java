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
  /// @param parts how many there were; where the evaluation failed, how many of them failed too
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
      return new Outcome(null, -1, failing(expr, key));
    }
    TreeSet<Labels> parts = parts(key);
    whole.keySet().forEach(labels -> parts.add(key.restrict(labels)));
    if (!key.isEmpty()) {
      // A part that has no series.
      String other =
          key.names().allBut() ? "nowhere" : new TreeSet<>(key.names().names()).getFirst();
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

  /// Compares what comes of these series and of those others.
  @Nullable String differenceTo(RandomSeries others, Expr expr) {
    String one = shown(series, expr);
    String other = shown(others, expr);
    return one.equals(other) ? null : one + " and " + other;
  }

  private String shown(RandomSeries source, Expr expr) {
    try {
      return evaluate(source, expr).toString();
    } catch (EvalException e) {
      return e.kind().toString();
    }
  }

  private TreeSet<Labels> parts(PartitionKey key) {
    TreeSet<Labels> parts = new TreeSet<>();
    series.all().forEach(each -> parts.add(key.restrict(each.labels())));
    return parts;
  }

  private RandomSeries part(PartitionKey key, Labels part) {
    return series.restrict(labels -> key.restrict(labels).equals(part));
  }

  private int failing(Expr expr, PartitionKey key) {
    int failing = 0;
    for (Labels part : parts(key)) {
      try {
        evaluate(part(key, part), expr);
      } catch (EvalException _) {
        failing++;
      }
    }
    return failing;
  }

  private @Nullable String difference(
      Expr expr, PartitionKey key, Labels part, Map<Labels, String> whole) {
    Map<Labels, String> wanted = new TreeMap<>(whole);
    wanted.keySet().removeIf(labels -> !key.restrict(labels).equals(part));
    Map<Labels, String> found;
    try {
      found = evaluate(part(key, part), expr);
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
