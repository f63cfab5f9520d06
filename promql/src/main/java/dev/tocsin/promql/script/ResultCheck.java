package dev.tocsin.promql.script;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.text.GoFloat;
import dev.tocsin.promql.series.SeriesValue;
import dev.tocsin.promql.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares a result with the one expected; null where it is as good as that.
final class ResultCheck {
  private ResultCheck() {}

  /// @param times of the values of each series, where the result is a range of them
  static @Nullable Mismatch mismatch(Expectation expected, Command.When.Range times, Value actual) {
    return switch (actual) {
      case Value.Scalar(_, double number) -> scalar(expected, number);
      case Value.Text(_, String text) -> {
        String wanted = expected.string() == null ? "" : expected.string();
        yield wanted.equals(text)
            ? null
            : new Mismatch("the string " + LabelNames.quote(wanted), Shown.value(actual));
      }
      case Value.Vector(List<Value.Element> elements) -> vector(expected, elements);
      case Value.Matrix(List<Value.Row> rows) -> matrix(expected, times, rows);
    };
  }

  /// The values of a range at one of its times, against what the instant gave.
  static @Nullable Mismatch column(
      Expectation expected, List<Value.Row> rows, long timeMs, Value instant) {
    List<Value.Element> elements = new ArrayList<>();
    for (Value.Row row : rows) {
      int at = Arrays.binarySearch(row.timesMs(), timeMs);
      if (at >= 0) {
        elements.add(
            new Value.Element(row.labels(), timeMs, row.values()[at], Shown.histogram(row, at)));
      }
    }
    if (!(instant instanceof Value.Scalar)) {
      return vector(expected, elements);
    }
    return elements.isEmpty()
        ? new Mismatch("a scalar", "no value")
        : scalar(expected, elements.getFirst().value());
  }

  static @Nullable Mismatch unsorted(List<Value.Row> rows) {
    for (int i = 1; i < rows.size(); i++) {
      Labels before = rows.get(i - 1).labels();
      Labels after = rows.get(i).labels();
      if (before.compareTo(after) > 0) {
        return new Mismatch("series sorted by labels", before + " in front of " + after);
      }
    }
    return null;
  }

  private static @Nullable Mismatch scalar(Expectation expected, double actual) {
    Double wanted = expected.scalar();
    String shown = "the scalar " + GoFloat.general(actual);
    if (wanted == null) {
      return new Mismatch(expected.string() == null ? "a vector" : "a string", shown);
    }
    return Tolerance.close(wanted, actual)
        ? null
        : new Mismatch("the scalar " + GoFloat.general(wanted), shown);
  }

  /// Where series are compared with something else.
  private static @Nullable Mismatch noSeries(Expectation expected, Value actual) {
    Double scalar = expected.scalar();
    String string = expected.string();
    if (scalar != null) {
      return new Mismatch("the scalar " + GoFloat.general(scalar), Shown.value(actual));
    }
    return string == null
        ? null
        : new Mismatch("the string " + LabelNames.quote(string), Shown.value(actual));
  }

  private static @Nullable Mismatch vector(Expectation expected, List<Value.Element> elements) {
    Mismatch other = noSeries(expected, new Value.Vector(elements));
    if (other != null) {
      return other;
    }
    Set<Labels> missing = new LinkedHashSet<>(expected.series().keySet());
    for (int i = 0; i < elements.size(); i++) {
      Value.Element element = elements.get(i);
      Expectation.Series series = expected.series().get(element.labels());
      if (series == null) {
        return new Mismatch("no series " + element.labels(), Shown.element(element));
      }
      missing.remove(element.labels());
      if (expected.ordered() && series.place() != i) {
        return new Mismatch(
            element.labels() + " at place " + (series.place() + 1), "at place " + (i + 1));
      }
      SeriesValue wanted = series.values().getFirst();
      if (!close(wanted, element.value(), element.histogram())) {
        return new Mismatch(
            element.labels() + " " + Shown.expected(wanted), Shown.element(element));
      }
    }
    return missing(expected, missing, new Value.Vector(elements));
  }

  private static @Nullable Mismatch missing(
      Expectation expected, Set<Labels> missing, Value actual) {
    for (Labels labels : missing) {
      String wanted = labels + shown(expected.series().get(labels));
      return new Mismatch(wanted, Shown.value(actual));
    }
    return null;
  }

  private static String shown(Expectation.@Nullable Series series) {
    StringBuilder out = new StringBuilder();
    if (series != null) {
      series.values().forEach(value -> out.append(' ').append(Shown.expected(value)));
    }
    return out.toString();
  }

  private static boolean close(
      SeriesValue wanted, double actual, @Nullable FloatHistogram histogram) {
    return switch (wanted) {
      case SeriesValue.Omitted _ -> false;
      case SeriesValue.FloatValue(double number) ->
          histogram == null && Tolerance.close(number, actual);
      case SeriesValue.Histogram(FloatHistogram wantedHistogram, boolean hintGiven) ->
          histogram != null && Tolerance.close(wantedHistogram, histogram, hintGiven);
    };
  }

  private static @Nullable Mismatch matrix(
      Expectation expected, Command.When.Range times, List<Value.Row> rows) {
    Value actual = new Value.Matrix(rows);
    Mismatch other = noSeries(expected, actual);
    if (other != null) {
      return other;
    }
    if (expected.ordered()) {
      return new Mismatch("an ordered vector", Shown.value(actual));
    }
    Mismatch unsorted = unsorted(rows);
    if (unsorted != null) {
      return unsorted;
    }
    Set<Labels> missing = new LinkedHashSet<>(expected.series().keySet());
    for (Value.Row row : rows) {
      Expectation.Series series = expected.series().get(row.labels());
      if (series == null) {
        return new Mismatch("no series " + row.labels(), Shown.row(row));
      }
      missing.remove(row.labels());
      if (!sameRow(series.values(), times, row)) {
        return new Mismatch(row.labels() + shown(series), Shown.row(row));
      }
    }
    return missing(expected, missing, actual);
  }

  private static boolean sameRow(
      List<SeriesValue> wanted, Command.When.Range times, Value.Row row) {
    int at = 0;
    for (int i = 0; i < wanted.size(); i++) {
      long timeMs = times.startMs() + i * times.stepMs();
      if (timeMs > times.endMs()) {
        return false;
      }
      SeriesValue value = wanted.get(i);
      if (value instanceof SeriesValue.Omitted) {
        continue;
      }
      boolean same =
          at < row.timesMs().length
              && row.timesMs()[at] == timeMs
              && close(value, row.values()[at], Shown.histogram(row, at));
      if (!same) {
        return false;
      }
      at++;
    }
    return at == row.timesMs().length;
  }
}
