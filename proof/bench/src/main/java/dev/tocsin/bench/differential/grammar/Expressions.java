package dev.tocsin.bench.differential.grammar;

import dev.tocsin.bench.differential.data.Family;
import dev.tocsin.bench.differential.data.FamilyKind;
import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Function;
import dev.tocsin.promql.parse.Functions;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;

/// Expressions by type: what the parts of the grammar build on.
final class Expressions {
  private static final EnumSet<FamilyKind> NATIVES =
      EnumSet.of(FamilyKind.NATIVE, FamilyKind.NATIVE_ODD);
  private static final List<String> ELEMENTWISE =
      List.of("abs", "ceil", "floor", "sgn", "sqrt", "ln", "exp", "round", "atan", "deg", "sort");
  private static final List<String> OVER_TIME =
      List.of(
          "sum_over_time",
          "avg_over_time",
          "max_over_time",
          "min_over_time",
          "count_over_time",
          "last_over_time",
          "stddev_over_time",
          "delta",
          "changes");
  private static final List<AggregateOp> USUAL =
      List.of(
          AggregateOp.SUM, AggregateOp.AVG, AggregateOp.COUNT, AggregateOp.MIN, AggregateOp.MAX);
  private static final List<BinaryOp> ARITHMETIC =
      List.of(BinaryOp.ADD, BinaryOp.SUB, BinaryOp.MUL, BinaryOp.DIV, BinaryOp.GT, BinaryOp.LTE);

  final Selectors selectors;
  final Calls calls;
  final Aggregates aggregates;
  final Binaries binaries;
  private final Dice dice;

  Expressions(List<Family> families, long baseMs, Dice dice) {
    this.dice = dice;
    this.selectors = new Selectors(families, baseMs, dice);
    this.calls = new Calls(this, dice);
    this.aggregates = new Aggregates(this, dice);
    this.binaries = new Binaries(this, dice);
  }

  Draft vector(int depth) {
    if (dice.percent(3)) {
      return selectors.several();
    }
    if (depth <= 0 || dice.percent(35)) {
      return selectors.vector(selectors.anyFamily());
    }
    return switch (dice.below(12)) {
      case 0, 1, 2 -> calls.call(function(dice.of("rate", "increase", "irate")), depth);
      case 3, 4 -> overTime(depth);
      case 5, 6 -> elementwise(vector(depth - 1));
      case 7, 8 -> aggregates.aggregate(dice.of(USUAL), depth);
      case 9 -> binaries.withScalar(dice.of(ARITHMETIC), vector(depth - 1), depth);
      case 10 -> negated(vector(depth - 1));
      default -> calls.call(function("histogram_quantile"), depth);
    };
  }

  /// Something around an expression that is there.
  Draft around(Draft draft, int depth) {
    return switch (draft.type()) {
      case SCALAR ->
          dice.percent(50)
              ? Draft.vector("vector(" + draft.text() + ")", List.of())
              : binaries.withScalar(dice.of(ARITHMETIC), draft, depth);
      case VECTOR ->
          switch (dice.below(6)) {
            case 0 -> elementwise(draft);
            case 1, 2 -> aggregates.over(dice.of(USUAL), draft, depth);
            case 3 -> binaries.withScalar(dice.of(ARITHMETIC), draft, depth);
            case 4 -> ofSubquery(draft);
            default -> negated(draft);
          };
      case MATRIX, STRING -> draft;
    };
  }

  private Draft negated(Draft vector) {
    String sign = dice.percent(85) ? "-" : "+";
    return Draft.vector(sign + vector.tight(), vector.labels()).asLoose();
  }

  private Draft ofSubquery(Draft draft) {
    Draft matrix = subquery(draft);
    return Draft.vector(dice.of(OVER_TIME) + "(" + matrix.text() + ")", matrix.labels());
  }

  private Draft elementwise(Draft vector) {
    return Draft.vector(dice.of(ELEMENTWISE) + "(" + vector.text() + ")", vector.labels());
  }

  private Draft overTime(int depth) {
    Draft matrix = matrix(depth);
    return Draft.vector(dice.of(OVER_TIME) + "(" + matrix.text() + ")", matrix.labels());
  }

  Draft matrix(int depth) {
    return depth > 0 && dice.percent(20)
        ? subquery(vector(depth - 1))
        : selectors.matrix(selectors.anyFamily());
  }

  private Draft subquery(Draft inner) {
    String step = dice.of("30s", "1m", "15s", "7s", "2m", "", "");
    String range = dice.of("5m", "10m", "3m", "1m", "14m");
    String text = inner.tight() + "[" + range + ":" + step + "]" + selectors.when();
    return Draft.matrix(text, inner.labels());
  }

  /// A vector with all labels of the family, made from its series in one of several ways.
  Draft viewOf(Family family, int depth) {
    return switch (dice.below(depth > 0 ? 5 : 1)) {
      case 1 -> elementwise(selectors.vector(family));
      case 2, 3 -> {
        String name = family.kind() == FamilyKind.COUNTER ? "rate" : dice.of(OVER_TIME);
        yield Draft.vector(name + "(" + selectors.matrix(family).text() + ")", family.labelNames());
      }
      default -> selectors.vector(family);
    };
  }

  /// What the functions of histograms take.
  Draft histograms(int depth) {
    return dice.percent(60) ? natives() : classics(depth);
  }

  /// Native histograms.
  private Draft natives() {
    Family family = selectors.family(dice.percent(80) ? EnumSet.of(FamilyKind.NATIVE) : NATIVES);
    String function = dice.of("rate", "increase", "delta", "sum_over_time", "last_over_time");
    return switch (dice.below(6)) {
      case 0, 1 -> selectors.vector(family);
      case 2, 3 ->
          Draft.vector(function + "(" + selectors.matrix(family).text() + ")", family.labelNames());
      case 4 ->
          aggregates.over(dice.of(AggregateOp.SUM, AggregateOp.AVG), selectors.vector(family), 1);
      default -> {
        String rate = "rate(" + selectors.matrix(family).text() + ")";
        yield aggregates.over(AggregateOp.SUM, Draft.vector(rate, family.labelNames()), 1);
      }
    };
  }

  private Draft classics(int depth) {
    Family family = selectors.family(EnumSet.of(FamilyKind.BUCKET));
    return switch (dice.below(6)) {
      case 0 -> selectors.vector(family);
      case 1, 2 ->
          Draft.vector("rate(" + selectors.matrix(family).text() + ")", family.labelNames());
      case 3, 4 -> {
        String inner = "rate(" + selectors.matrix(family).text() + ")";
        List<String> by = dice.percent(50) ? List.of("le") : family.labelNames();
        yield Draft.vector("sum by (" + String.join(", ", by) + ") (" + inner + ")", by);
      }
      default -> vector(depth - 1);
    };
  }

  Draft scalar(int depth) {
    if (depth > 0 && dice.percent(30)) {
      return switch (dice.below(4)) {
        case 0 -> Draft.scalar("scalar(" + aggregates.single(depth).text() + ")");
        case 1 -> Draft.scalar("time()");
        case 2 -> Draft.scalar("(" + number() + dice.of(" + ", " * ", " ^ ") + number() + ")");
        default -> Draft.scalar("pi()");
      };
    }
    return Draft.scalar(number());
  }

  private String number() {
    return dice.percent(10)
        ? dice.of("NaN", "Inf", "-Inf", "0x1f", "1e-3", "5m", "1e100", "-0", "1_000")
        : dice.of("0", "1", "2", "3", "0.5", "10", "-1", "-2.5", "100", "7", "1.5");
  }

  /// The parameter of topk() and its like.
  String count(int depth) {
    return dice.of(
        "0", "-1", "2.7", "100", "1e3", "scalar(" + aggregates.single(depth).text() + ")");
  }

  /// The parameter of quantile() and its like.
  String fraction(int depth) {
    return dice.percent(80)
        ? dice.of("0.5", "0.9", "0.99", "0", "1", "0.25")
        : dice.of("-0.1", "1.1", "NaN", "Inf", "scalar(" + aggregates.single(depth).text() + ")");
  }

  static Function function(String name) {
    return Objects.requireNonNull(Functions.get(name), name);
  }
}
