package dev.tocsin.bench.differential.answer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Says how two answers to one question differ.
public final class Comparison {
  /// Relative; the sides may add in another order.
  private static final double TOLERANCE = 1e-9;

  /// Of more warnings the API shows so many, in the order of a Go map.
  private static final int SHOWN_BY_API = 10;

  private static final Pattern OMITTED = Pattern.compile("(\\d+) more \\w+ annotations omitted");

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
    String inWarnings = texts("warnings", wanted.warnings(), got.warnings());
    return inWarnings != null ? inWarnings : texts("infos", wanted.infos(), got.infos());
  }

  private static boolean isMatrix(Answer.Success answer) {
    return answer.type().equals("matrix");
  }

  private static @Nullable String texts(String kind, List<String> wanted, List<String> got) {
    if (count(wanted) > SHOWN_BY_API && count(wanted) == count(got)) {
      return null;
    }
    Set<String> missing = new TreeSet<>(wanted);
    got.forEach(missing::remove);
    Set<String> extra = new TreeSet<>(got);
    wanted.forEach(extra::remove);
    return missing.isEmpty() && extra.isEmpty()
        ? null
        : kind + ": missing " + missing + ", extra " + extra;
  }

  /// How many there are, those included that are not shown.
  private static int count(List<String> texts) {
    int count = 0;
    for (String text : texts) {
      Matcher omitted = OMITTED.matcher(text);
      count += omitted.matches() ? Integer.parseInt(omitted.group(1)) : 1;
    }
    return count;
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
    return ordered && !sameOrder(wanted, got) ? "order of series" : null;
  }

  /// Those with the same value may come in any order.
  private static boolean sameOrder(List<Answer.Series> wanted, List<Answer.Series> got) {
    for (int i = 0; i < wanted.size(); i++) {
      Answer.Series one = wanted.get(i);
      Answer.Series other = got.get(i);
      if (!one.labels().equals(other.labels()) && points(one.points(), other.points()) != null) {
        return false;
      }
    }
    return true;
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

  /// Whether all numbers are the same to the last bit.
  public static boolean isIdentical(Answer one, Answer other) {
    return one instanceof Answer.Success a
        && other instanceof Answer.Success b
        && Set.copyOf(a.series()).equals(Set.copyOf(b.series()));
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
