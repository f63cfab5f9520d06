package dev.tocsin.bench.differential.answer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Says how two answers to one question differ.
public final class Comparison {
  /// Relative; the sides may add in another order.
  private static final double TOLERANCE = 1e-9;

  private Comparison() {}

  /// Empty where the answers are the same.
  ///
  /// @param ordered whether the order of an instant vector matters
  public static Optional<String> difference(Answer expected, Answer actual, boolean ordered) {
    return Optional.ofNullable(
        switch (expected) {
          case Answer.Failure wanted ->
              switch (actual) {
                case Answer.Failure got -> failures(wanted, got);
                case Answer.Success _ -> "expected a failure";
              };
          case Answer.Success wanted ->
              switch (actual) {
                case Answer.Failure _ -> "expected a result";
                case Answer.Success got -> successes(wanted, got, ordered);
              };
        });
  }

  private static @Nullable String failures(Answer.Failure wanted, Answer.Failure got) {
    if (!wanted.kind().equals(got.kind())) {
      return "error kind";
    }
    return wanted.message().equals(got.message()) ? null : "error message";
  }

  private static @Nullable String successes(
      Answer.Success wanted, Answer.Success got, boolean ordered) {
    if (!wanted.type().equals(got.type())) {
      return "result type";
    }
    String inSeries = series(wanted.series(), got.series(), ordered || isMatrix(wanted));
    if (inSeries != null) {
      return inSeries;
    }
    if (!same(wanted.warnings(), got.warnings())) {
      return "warnings";
    }
    return same(wanted.infos(), got.infos()) ? null : "infos";
  }

  private static boolean isMatrix(Answer.Success answer) {
    return answer.type().equals("matrix");
  }

  private static boolean same(List<String> wanted, List<String> got) {
    return new TreeSet<>(wanted).equals(new TreeSet<>(got));
  }

  private static @Nullable String series(
      List<Answer.Series> wanted, List<Answer.Series> got, boolean ordered) {
    Map<Map<String, String>, Answer.Series> byLabels = new HashMap<>();
    for (Answer.Series one : got) {
      if (byLabels.put(one.labels(), one) != null) {
        return "a label set twice: " + one.labels();
      }
    }
    for (Answer.Series one : wanted) {
      Answer.Series other = byLabels.remove(one.labels());
      if (other == null) {
        return "no series " + one.labels();
      }
      String inPoints = points(one.points(), other.points());
      if (inPoints != null) {
        return inPoints + " of " + one.labels();
      }
    }
    if (!byLabels.isEmpty()) {
      return "a series too many: " + byLabels.keySet().iterator().next();
    }
    return ordered && !labels(wanted).equals(labels(got)) ? "order of series" : null;
  }

  private static List<Map<String, String>> labels(List<Answer.Series> series) {
    List<Map<String, String>> all = new ArrayList<>();
    series.forEach(one -> all.add(one.labels()));
    return all;
  }

  private static @Nullable String points(List<Answer.Point> wanted, List<Answer.Point> got) {
    if (wanted.size() != got.size()) {
      return "%d points instead of %d".formatted(got.size(), wanted.size());
    }
    for (int i = 0; i < wanted.size(); i++) {
      Answer.Point one = wanted.get(i);
      Answer.Point other = got.get(i);
      if (one.timeMs() != other.timeMs()) {
        return "time " + other.timeMs() + " instead of " + one.timeMs();
      }
      if (!same(one, other)) {
        return "value " + other + " instead of " + one;
      }
    }
    return null;
  }

  private static boolean same(Answer.Point wanted, Answer.Point got) {
    Answer.HistogramPoint one = wanted.histogram();
    Answer.HistogramPoint other = got.histogram();
    if (one == null || other == null) {
      return one == null && other == null && same(wanted.value(), got.value());
    }
    return same(one.count(), other.count())
        && same(one.sum(), other.sum())
        && sameBuckets(one.buckets(), other.buckets());
  }

  private static boolean sameBuckets(List<Answer.Bucket> wanted, List<Answer.Bucket> got) {
    if (wanted.size() != got.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      Answer.Bucket one = wanted.get(i);
      Answer.Bucket other = got.get(i);
      if (one.bounds() != other.bounds()
          || !same(one.lower(), other.lower())
          || !same(one.upper(), other.upper())
          || !same(one.count(), other.count())) {
        return false;
      }
    }
    return true;
  }

  /// Not a number is the same as itself, and so is an infinity.
  static boolean same(double wanted, double got) {
    if (Double.compare(wanted, got) == 0 || wanted == got) {
      return true;
    }
    double larger = Math.max(Math.abs(wanted), Math.abs(got));
    return Math.abs(wanted - got) <= TOLERANCE * larger && !Double.isInfinite(larger);
  }
}
