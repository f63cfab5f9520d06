package dev.tocsin.bench.differential.grammar;

import dev.tocsin.bench.differential.answer.Question;
import dev.tocsin.bench.differential.data.Family;
import dev.tocsin.bench.differential.data.Plan;
import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Function;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.parse.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Makes questions. The one with a certain number depends on the seed, the number and the end of
/// the data only. Takes turns between all features of the language, so that none is rare.
public final class QueryGenerator {
  /// Points of a range query.
  private static final long POINTS_MAX = 40;

  private static final List<Long> STEPS_MS =
      List.of(1_000L, 7_000L, 10_000L, 15_000L, 15_000L, 30_000L, 60_000L, 61_500L, 300_000L);

  private final long seed;
  private final List<Family> families;
  private final long baseMs;
  private final List<Object> features = new ArrayList<>();

  /// @param baseMs the end of the data, Unix milliseconds
  /// @param excluded words of functions, aggregations and operators that are not to be generated
  /// @param experimental only the experimental functions and aggregations, or only the others
  public QueryGenerator(
      long seed, List<Family> families, long baseMs, Set<String> excluded, boolean experimental) {
    this.seed = seed;
    this.families = families;
    this.baseMs = baseMs;
    Predicate<String> wanted = word -> !excluded.contains(word);
    for (Function function : Functions.list()) {
      if (function.experimental() == experimental && wanted.test(function.name())) {
        features.add(function);
      }
    }
    for (AggregateOp op : AggregateOp.values()) {
      if (op.isExperimental() == experimental && wanted.test(op.word())) {
        features.add(op);
      }
    }
    if (!experimental) {
      for (BinaryOp op : BinaryOp.values()) {
        if (wanted.test(op.sign())) {
          // Operators have many ways to match: more turns.
          features.addAll(List.of(op, op, op));
        }
      }
    }
  }

  public Question question(int number) {
    Dice dice = new Dice(seed * 1_000_003 + number);
    Expressions expressions = new Expressions(families, baseMs, dice);
    int depth = dice.below(3) + 1;
    Draft draft = draft(expressions, features.get(number % features.size()), depth);
    while (dice.percent(35)) {
      draft = expressions.around(draft, 1);
    }
    if (dice.percent(2)) {
      draft = expressions.matrix(1);
    }
    String text = draft.text();
    if (dice.percent(4)) {
      text = damaged(text, dice);
    }
    return times(text, draft.type() == ValueType.MATRIX, dice);
  }

  private static Draft draft(Expressions expressions, Object feature, int depth) {
    return switch (feature) {
      case Function function -> expressions.calls.call(function, depth);
      case AggregateOp op -> expressions.aggregates.aggregate(op, depth);
      case BinaryOp op -> expressions.binaries.binary(op, depth);
      default -> throw new IllegalStateException("no feature: " + feature);
    };
  }

  /// Mostly no valid query any more.
  private static String damaged(String text, Dice dice) {
    int at = dice.below(text.length());
    return switch (dice.below(4)) {
      case 0 -> text.substring(0, at);
      case 1 -> text.substring(0, at) + text.substring(at + 1);
      case 2 ->
          text.substring(0, at)
              + dice.of("(", ")", "[", "}", ",", " by ", "+", "1")
              + text.substring(at);
      default -> text.replace(dice.of("(", ", ", "1", "["), dice.of("", "\"x\"", "sum", "5"));
    };
  }

  private Question times(String text, boolean instantOnly, Dice dice) {
    long startMs = baseMs - dice.between(0, Plan.SPAN_MS - 60_000);
    if (dice.percent(5)) {
      startMs = baseMs + dice.between(0, 330_000);
    }
    // Often exactly at samples.
    startMs -= dice.percent(60) ? Math.floorMod(startMs, 15_000L) : 0;
    if (instantOnly || dice.percent(50)) {
      return Question.instant(text, startMs);
    }
    long stepMs = dice.of(STEPS_MS);
    long endMs = startMs + dice.between(0, POINTS_MAX * stepMs);
    return new Question(text, startMs, Math.min(endMs, baseMs + 400_000), stepMs);
  }
}
