package dev.tocsin.bench.fuzz.check;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Compares results.
final class Results {
  /// Relative; sums may be made in another order, and a variance of large numbers that are nearly
  /// the same loses digits by that.
  private static final double TOLERANCE = 1e-6;

  private Results() {}

  /// A sample: a float, or a histogram.
  record Sample(Labels labels, long timeMs, double value, @Nullable FloatHistogram histogram) {
    boolean isLike(Sample other, boolean times) {
      return labels.equals(other.labels)
          && (!times || timeMs == other.timeMs)
          && (histogram == null) == (other.histogram == null)
          && (histogram == null
              ? isNear(value, other.value)
              : Objects.equals(histogram, other.histogram));
    }

    @Override
    public String toString() {
      return labels + " " + (histogram == null ? value : histogram.toString()) + " @" + timeMs;
    }
  }

  private static boolean isNear(double a, double b) {
    return a == b
        || (Double.isNaN(a) && Double.isNaN(b))
        || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  }

  /// What is different, or null.
  ///
  /// @param times whether they have to be of the same times
  static @Nullable String difference(Value one, Value other, boolean times) {
    if (one instanceof Value.Text(var _, var text)) {
      boolean same = other instanceof Value.Text(var _, var second) && text.equals(second);
      return same ? null : one + " and " + other;
    }
    return difference(samples(one), samples(other), times);
  }

  static @Nullable String difference(List<Sample> ones, List<Sample> others, boolean times) {
    if (ones.size() != others.size()) {
      return ones.size() + " and " + others.size() + " samples: " + ones + " and " + others;
    }
    for (int i = 0; i < ones.size(); i++) {
      if (!ones.get(i).isLike(others.get(i), times)) {
        return ones.get(i) + " and " + others.get(i);
      }
    }
    return null;
  }

  /// In the order of the result; a text is none.
  static List<Sample> samples(Value value) {
    return switch (value) {
      case Value.Text _ -> List.of();
      case Value.Scalar(var timeMs, var number) ->
          List.of(new Sample(Labels.empty(), timeMs, number, null));
      case Value.Vector(var elements) ->
          elements.stream()
              .map(e -> new Sample(e.labels(), e.timeMs(), e.value(), e.histogram()))
              .toList();
      case Value.Matrix(var rows) -> {
        List<Sample> samples = new ArrayList<>();
        rows.forEach(row -> add(row, samples));
        yield samples;
      }
    };
  }

  private static void add(Value.Row row, List<Sample> samples) {
    @Nullable FloatHistogram @Nullable [] histograms = row.histograms();
    for (int i = 0; i < row.timesMs().length; i++) {
      FloatHistogram histogram = histograms == null ? null : histograms[i];
      samples.add(new Sample(row.labels(), row.timesMs()[i], row.values()[i], histogram));
    }
  }

  static List<Sample> nameless(List<Sample> samples) {
    return samples.stream()
        .map(s -> new Sample(s.labels.withoutMetricName(), s.timeMs, s.value, s.histogram))
        .toList();
  }

  /// In the order of series and times; of two that are the same in both, the last.
  static List<Sample> sorted(List<Sample> samples) {
    SortedMap<Labels, SortedMap<Long, Sample>> bySeries = new TreeMap<>();
    for (Sample sample : samples) {
      bySeries.computeIfAbsent(sample.labels(), _ -> new TreeMap<>()).put(sample.timeMs(), sample);
    }
    return bySeries.values().stream().flatMap(each -> each.values().stream()).toList();
  }
}
