package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.eval.number.Closeness;
import dev.tocsin.promql.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares a result with what a script expects of it.
final class ScriptValues {
  private static final double TOLERANCE = 1e-6;

  private ScriptValues() {}

  /// @param startMs when the first value of a series is expected, and `stepMs` the others
  record Expectation(
      long startMs,
      long stepMs,
      boolean ordered,
      @Nullable Double scalar,
      @Nullable String string,
      Map<Labels, SeriesNotation> series) {}

  /// Null where all is as expected.
  static @Nullable String problem(Expectation expected, Value value) {
    return switch (value) {
      case Value.Scalar(long _, double number) -> {
        if (expected.scalar() == null) {
          yield "unexpected scalar " + number;
        }
        boolean close = Closeness.within(expected.scalar(), number, TOLERANCE);
        yield close ? null : "expected " + expected.scalar() + ", was " + number;
      }
      case Value.Text(long _, String text) ->
          text.equals(expected.string()) ? null : "unexpected string " + text;
      case Value.Vector(List<Value.Element> elements) -> vector(expected, elements);
      case Value.Matrix(List<Value.Row> rows) -> matrix(expected, rows);
    };
  }

  /// Of a range, the values at one time are those of the instant.
  static @Nullable String problemAt(Expectation expected, Value instant, Value range, long timeMs) {
    List<Value.Element> elements = new ArrayList<>();
    for (Value.Row row : ((Value.Matrix) range).rows()) {
      int index = Arrays.binarySearch(row.timesMs(), timeMs);
      if (index >= 0) {
        elements.add(new Value.Element(row.labels(), timeMs, row.values()[index]));
      }
    }
    return instant instanceof Value.Scalar
        ? problem(expected, new Value.Scalar(timeMs, elements.getFirst().value()))
        : vector(expected, elements);
  }

  private static @Nullable String vector(Expectation expected, List<Value.Element> elements) {
    if (expected.scalar() != null) {
      return "expected a scalar";
    }
    Set<Labels> missing = new HashSet<>(expected.series().keySet());
    List<Labels> order = new ArrayList<>(expected.series().keySet());
    for (int i = 0; i < elements.size(); i++) {
      Value.Element element = elements.get(i);
      SeriesNotation series = expected.series().get(element.labels());
      if (series == null || !missing.remove(element.labels())) {
        return "unexpected " + element.labels() + " " + element.value();
      }
      if (expected.ordered() && !order.get(i).equals(element.labels())) {
        return element.labels() + " is at place " + i;
      }
      Double wanted = series.values().getFirst();
      if (wanted == null || !Closeness.within(wanted, element.value(), TOLERANCE)) {
        return "expected " + wanted + " of " + element.labels() + ", was " + element.value();
      }
    }
    return missing.isEmpty() ? null : "missing " + missing;
  }

  private static @Nullable String matrix(Expectation expected, List<Value.Row> rows) {
    Set<Labels> missing = new HashSet<>(expected.series().keySet());
    for (Value.Row row : rows) {
      SeriesNotation series = expected.series().get(row.labels());
      if (series == null || !missing.remove(row.labels())) {
        return "unexpected " + row.labels() + " " + shown(row);
      }
      int at = 0;
      for (int i = 0; i < series.values().size(); i++) {
        Double wanted = series.values().get(i);
        if (wanted == null) {
          continue;
        }
        long timeMs = expected.startMs() + i * expected.stepMs();
        if (at >= row.timesMs().length
            || row.timesMs()[at] != timeMs
            || !Closeness.within(wanted, row.values()[at], TOLERANCE)) {
          return "expected " + wanted + " at " + timeMs + " of " + row.labels() + " " + shown(row);
        }
        at++;
      }
      if (at != row.timesMs().length) {
        return "too many values of " + row.labels() + " " + shown(row);
      }
    }
    return missing.isEmpty() ? null : "missing " + missing;
  }

  private static String shown(Value.Row row) {
    return Arrays.toString(row.timesMs()) + " " + Arrays.toString(row.values());
  }
}
