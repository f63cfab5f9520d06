package dev.tocsin.engine;

import dev.tocsin.engine.partition.Leaves;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.text.PromDuration;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.script.MemorySeries;
import dev.tocsin.promql.value.Value;
import dev.tocsin.rules.file.AlertRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks for data on which an alert's expression is true for long enough, and then is no more: by
/// trying courses for all series it selects.
final class PackSearch {
  /// When everything begins; a slot of every usual interval. Seconds.
  static final long START = 1_700_006_400;

  private static final long SETTLE = 900;
  private static final int TRIALS_MAX = 40_000;
  private static final Pattern RANGE = Pattern.compile("\\[([0-9a-z]+)");

  private final Expr expr;
  private final long stepSeconds;
  private final long fireSeconds;
  private final long healthySeconds;

  /// Two phases of data.
  ///
  /// @param fire a course for each series; the copies of a series have the same
  record Data(
      List<Labels> series,
      int copies,
      List<Course> fire,
      List<Course> healthy,
      long stepSeconds,
      long fireSeconds,
      long healthySeconds) {
    long endSeconds() {
      return START + fireSeconds + healthySeconds;
    }

    /// NaN where there is no sample.
    double value(int index, long seconds) {
      int kinds = series.size() / copies;
      long since = seconds - START;
      boolean firing = since < fireSeconds;
      long inPhase = firing ? since : since - fireSeconds;
      Course course = (firing ? fire : healthy).get(index % kinds);
      long length = firing ? fireSeconds : healthySeconds;
      return course.at(inPhase / stepSeconds, inPhase, length, index / kinds);
    }
  }

  private PackSearch(AlertRule rule) {
    this.expr = rule.expr();
    long shortest = Long.MAX_VALUE;
    long longest = 0;
    Matcher ranges = RANGE.matcher(rule.query());
    while (ranges.find()) {
      long seconds = PromDuration.parse(ranges.group(1)).orElseThrow() / 1000;
      shortest = Math.min(shortest, seconds);
      longest = Math.max(longest, seconds);
    }
    this.stepSeconds = shortest <= 120 ? 15 : 60;
    this.fireSeconds = SETTLE + rule.forMs() / 1000 + 600;
    this.healthySeconds = longest + SETTLE;
  }

  static Optional<Data> find(AlertRule rule) {
    PackSearch search = new PackSearch(rule);
    for (int copies : new int[] {1, 2, 6}) {
      for (boolean alike : new boolean[] {false, true}) {
        List<Labels> kinds = PackSeries.of(Leaves.of(rule.expr()), alike);
        if (!kinds.isEmpty()) {
          Optional<Data> found = search.find(kinds, copies);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Data> find(List<Labels> kinds, int copies) {
    List<Labels> series = PackSeries.copies(kinds, copies);
    Optional<List<Course>> fire =
        first(kinds.size(), courses -> fires(data(series, copies, courses, courses)));
    if (fire.isEmpty()) {
      return Optional.empty();
    }
    return first(kinds.size(), courses -> resolves(data(series, copies, fire.get(), courses)))
        .map(healthy -> data(series, copies, fire.get(), healthy));
  }

  private Data data(List<Labels> series, int copies, List<Course> fire, List<Course> healthy) {
    return new Data(series, copies, fire, healthy, stepSeconds, fireSeconds, healthySeconds);
  }

  /// The first combination of courses that will do.
  private static Optional<List<Course>> first(int size, Predicate<List<Course>> will) {
    Course[] all = Course.values();
    int[] digits = new int[size];
    for (int trial = 0; trial < TRIALS_MAX; trial++) {
      List<Course> courses = new ArrayList<>(size);
      for (int digit : digits) {
        courses.add(all[digit]);
      }
      if (will.test(courses)) {
        return Optional.of(courses);
      }
      int at = 0;
      while (at < size && ++digits[at] == all.length) {
        digits[at++] = 0;
      }
      if (at == size) {
        break;
      }
    }
    return Optional.empty();
  }

  private boolean fires(Data data) {
    long from = START + SETTLE;
    if (isEmpty(data, from, from)) {
      return false;
    }
    long to = START + fireSeconds - stepSeconds;
    for (long at = from; at <= to; at += 300) {
      if (isEmpty(data, to, at)) {
        return false;
      }
    }
    return true;
  }

  private boolean resolves(Data data) {
    long end = data.endSeconds();
    return isEmpty(data, end, end) && isEmpty(data, end, end - 60);
  }

  /// @param till samples up to here
  private boolean isEmpty(Data data, long till, long at) {
    MemorySeries memory = new MemorySeries();
    for (long seconds = START; seconds <= till; seconds += stepSeconds) {
      for (int i = 0; i < data.series().size(); i++) {
        double value = data.value(i, seconds);
        if (!Double.isNaN(value)) {
          memory.add(data.series().get(i), seconds * 1000, value);
        }
      }
    }
    try {
      Value value = new Evaluator(memory, EvalOptions.DEFAULT).instant(expr, at * 1000).value();
      return value instanceof Value.Vector vector && vector.elements().isEmpty();
    } catch (EvalException _) {
      // As many-to-many: these series do not fit together.
      return true;
    }
  }
}
