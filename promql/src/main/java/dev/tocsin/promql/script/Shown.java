package dev.tocsin.promql.script;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.model.text.GoFloat;
import dev.tocsin.model.text.PromDuration;
import dev.tocsin.promql.series.SeriesValue;
import dev.tocsin.promql.value.Value;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Results in words, for those who look why a case fails.
final class Shown {
  /// Series of a result that are shown.
  private static final int SERIES_MAX = 20;

  private Shown() {}

  static String value(Value value) {
    return switch (value) {
      case Value.Scalar(_, double number) -> "the scalar " + GoFloat.general(number);
      case Value.Text(_, String text) -> "the string " + LabelNames.quote(text);
      case Value.Vector(List<Value.Element> elements) ->
          elements.isEmpty()
              ? "an empty vector"
              : joined(elements.stream().map(Shown::element).toList());
      case Value.Matrix(List<Value.Row> rows) ->
          rows.isEmpty() ? "no series" : joined(rows.stream().map(Shown::row).toList());
    };
  }

  private static String joined(List<String> parts) {
    String shown = parts.stream().limit(SERIES_MAX).collect(Collectors.joining(", "));
    int more = parts.size() - SERIES_MAX;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  static String element(Value.Element element) {
    return element.labels() + " " + sample(element.value(), element.histogram());
  }

  /// Values with their times.
  static String row(Value.Row row) {
    StringBuilder out = new StringBuilder(row.labels().toString());
    for (int i = 0; i < row.timesMs().length; i++) {
      out.append(' ').append(sample(row.values()[i], histogram(row, i)));
      out.append('@').append(PromDuration.format(row.timesMs()[i]));
    }
    return out.toString();
  }

  /// Null where that sample is a float.
  static @Nullable FloatHistogram histogram(Value.Row row, int index) {
    @Nullable FloatHistogram @Nullable [] histograms = row.histograms();
    return histograms == null ? null : histograms[index];
  }

  private static String sample(double value, @Nullable FloatHistogram histogram) {
    return histogram == null ? GoFloat.general(value) : histogram.notation();
  }

  static String expected(SeriesValue value) {
    return switch (value) {
      case SeriesValue.Omitted _ -> "_";
      case SeriesValue.FloatValue(double number) -> GoFloat.general(number);
      case SeriesValue.Histogram(FloatHistogram histogram, _) -> histogram.notation();
    };
  }
}
