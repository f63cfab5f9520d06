package dev.tocsin.bench.differential;

import dev.tocsin.bench.differential.answer.Answer;
import dev.tocsin.bench.differential.answer.Comparison;
import dev.tocsin.bench.differential.answer.Question;
import dev.tocsin.bench.differential.answer.Side;
import dev.tocsin.bench.differential.data.Family;
import dev.tocsin.bench.differential.data.Plan;
import dev.tocsin.bench.differential.grammar.QueryGenerator;
import dev.tocsin.bench.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Asks both sides the same generated questions and counts what came of it.
public final class DifferentialRun {
  /// What the agent is started with beside the shipped options.
  public static final String AGENT_OPTIONS = Sides.JAVA_OPTIONS;

  /// Times are from the start of ten minutes, so that all usual steps lie alike in every run.
  private static final long BASE_GRID_MS = 600_000;

  /// How often the peer is asked again before a difference counts: some of its answers depend on
  /// the order of a Go map.
  private static final int ASKED_AGAIN = 6;

  private final long seed;
  private final Consumer<String> print;
  private final Coverage coverage = new Coverage();
  private final Map<String, Integer> known = new TreeMap<>();
  private int compared;
  private int withResult;
  private int failures;
  private int different;
  private boolean withAgent = true;
  private boolean showsKnown;
  private int differencesMax = Integer.MAX_VALUE;

  public DifferentialRun(long seed, Consumer<String> print) {
    this.seed = seed;
    this.print = print;
  }

  /// Asks the evaluator in this process instead of an agent.
  public DifferentialRun withoutAgent() {
    withAgent = false;
    return this;
  }

  /// Prints the known differences too.
  public DifferentialRun showingKnown() {
    showsKnown = true;
    return this;
  }

  /// Differences that are printed.
  public DifferentialRun showing(int max) {
    differencesMax = max;
    return this;
  }

  /// @param program Prometheus 3
  /// @param queries how many, beside a tenth of it for the experimental functions
  /// @param only the one number that is asked, or -1
  public void run(Path program, int queries, int only, long nowMs) throws IOException {
    long baseMs = nowMs - Math.floorMod(nowMs, BASE_GRID_MS);
    List<Family> families = Plan.of(seed);
    Set<String> excluded = KnownDifferences.NOT_IN_PEER;
    QueryGenerator stable = new QueryGenerator(seed, families, baseMs, excluded, false);
    QueryGenerator experimental = new QueryGenerator(-seed, families, baseMs, excluded, true);
    try (Sides sides = Sides.start(program, families, baseMs, withAgent)) {
      for (int i = 0; i < queries; i++) {
        if (only < 0 || only == i) {
          compare(sides, sides.tocsin(), stable.question(i), "query " + i, baseMs);
        }
      }
      for (int i = 0; i < queries / 10 && only < 0; i++) {
        String name = "experimental query " + i;
        compare(sides, sides.evaluator(), experimental.question(i), name, baseMs);
      }
    }
  }

  private void compare(Sides sides, Side tocsin, Question question, String name, long baseMs) {
    Answer wanted = sides.prometheus().ask(question);
    Answer got = tocsin.ask(question);
    compared++;
    withResult += wanted.hasResult() ? 1 : 0;
    failures += wanted instanceof Answer.Failure ? 1 : 0;
    coverage.add(question.query(), wanted.hasResult());
    Optional<String> difference = difference(question, wanted, got);
    if (difference.isEmpty()) {
      return;
    }
    Optional<String> explained =
        KnownDifferences.explanation(question, wanted, got, difference.get());
    if (explained.isEmpty() && isUnsteady(sides, question, got)) {
      explained =
          Optional.of("Prometheus's own answer varies (it depends on the order of a Go map)");
    }
    if (explained.isEmpty()
        && difference.get().startsWith("value")
        && Rounding.explains(sides.prometheus(), tocsin, question)) {
      explained = Optional.of("the last digits of a part, amplified by the whole");
    }
    if (explained.isPresent()) {
      known.merge(explained.get(), 1, Integer::sum);
      if (showsKnown) {
        print.accept(explained.get() + ", " + name + ": " + difference.get());
        print.accept("  " + question.shown(baseMs) + ": " + question.query());
      }
      return;
    }
    different++;
    if (different <= differencesMax) {
      report(sides, tocsin, question, name, baseMs, difference.get());
    }
  }

  private static Optional<String> difference(Question question, Answer wanted, Answer got) {
    return Comparison.difference(
        KnownDifferences.common(wanted), KnownDifferences.common(got), isOrdered(question));
  }

  /// Whether the query's outermost function gives its result an order.
  private static boolean isOrdered(Question question) {
    return !question.isRange()
        && question
            .query()
            .matches(
                "(?s)(sort|sort_desc|sort_by_label|sort_by_label_desc|topk|bottomk)\\b[^)]*\\).*");
  }

  private static boolean isUnsteady(Sides sides, Question question, Answer got) {
    for (int i = 0; i < ASKED_AGAIN; i++) {
      if (difference(question, sides.prometheus().ask(question), got).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private void report(
      Sides sides, Side tocsin, Question question, String name, long baseMs, String difference) {
    Question smallest =
        Shrinking.smallest(
            question,
            part -> difference(part, sides.prometheus().ask(part), tocsin.ask(part)).isPresent());
    print.accept("DIFFERENCE in " + name + ": " + difference);
    print.accept("  " + question.shown(baseMs) + ": " + question.query());
    if (!smallest.equals(question)) {
      print.accept("  also in its part: " + smallest.query());
    }
    Answer wanted = sides.prometheus().ask(smallest);
    Answer got = tocsin.ask(smallest);
    difference(smallest, wanted, got).ifPresent(d -> print.accept("  that is: " + d));
    print.accept("  Prometheus: " + wanted);
    print.accept("  Tocsin:     " + got);
  }

  public int different() {
    return different;
  }

  public int compared() {
    return compared;
  }

  /// Queries whose answer had a series in it.
  public int withResult() {
    return withResult;
  }

  public String summary() {
    return ("%d queries compared, %d with a result, %d refused;"
            + " known differences: %d, unexplained differences: %d")
        .formatted(
            compared,
            withResult,
            failures,
            known.values().stream().mapToInt(Integer::intValue).sum(),
            different);
  }

  public Table knownDifferences() {
    Table table = Table.of("known difference", "queries");
    known.forEach((name, count) -> table.row(name, Integer.toString(count)));
    return table;
  }

  public Table coverage() {
    return coverage.table();
  }
}
