package dev.tocsin.bench.differential.answer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a side answers to a question.
public sealed interface Answer {
  /// @param type as in the API: `vector`, `matrix`, `scalar` or `string`; the latter two have one
  ///   series without labels (a string is in its label `string`)
  record Success(String type, List<Series> series, List<String> warnings, List<String> infos)
      implements Answer {
    public Success {
      series = List.copyOf(series);
      warnings = List.copyOf(warnings);
      infos = List.copyOf(infos);
    }

    @Override
    public String toString() {
      StringBuilder out = new StringBuilder(type);
      for (int i = 0; i < Math.min(SHOWN_MAX, series.size()); i++) {
        out.append("\n    ").append(series.get(i));
      }
      if (series.size() > SHOWN_MAX) {
        out.append("\n    and ").append(series.size() - SHOWN_MAX).append(" more");
      }
      warnings.forEach(w -> out.append("\n    warning: ").append(w));
      infos.forEach(i -> out.append("\n    info: ").append(i));
      return out.toString();
    }
  }

  /// @param kind the API's error type, as `bad_data`
  record Failure(String kind, String message) implements Answer {}

  /// Series that are printed of one answer.
  int SHOWN_MAX = 12;

  /// One series of a result.
  record Series(Map<String, String> labels, List<Point> points) {
    public Series {
      labels = java.util.Collections.unmodifiableMap(new TreeMap<>(labels));
      points = List.copyOf(points);
    }

    @Override
    public String toString() {
      StringBuilder out = new StringBuilder(labels.toString());
      for (int i = 0; i < Math.min(SHOWN_MAX, points.size()); i++) {
        out.append(' ').append(points.get(i));
      }
      return out.append(points.size() > SHOWN_MAX ? " ..." : "").toString();
    }
  }

  /// A float, or a native histogram (then `value` means nothing).
  record Point(long timeMs, double value, @Nullable HistogramPoint histogram) {
    @Override
    public String toString() {
      return (histogram == null ? Double.toString(value) : histogram.toString()) + "@" + timeMs;
    }
  }

  /// A native histogram as the API shows it.
  record HistogramPoint(double count, double sum, List<Bucket> buckets) {
    public HistogramPoint {
      buckets = List.copyOf(buckets);
    }
  }

  /// @param bounds 0 open left, 1 open right, 2 open both, 3 closed both
  record Bucket(int bounds, double lower, double upper, double count) {}

  /// Whether there is a result with a series in it.
  default boolean hasResult() {
    return this instanceof Success s && !s.series().isEmpty();
  }
}
