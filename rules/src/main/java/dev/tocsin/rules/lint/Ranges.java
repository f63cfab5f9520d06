package dev.tocsin.rules.lint;

import dev.tocsin.model.text.PromDuration;
import dev.tocsin.promql.ast.DurationExpr;
import dev.tocsin.promql.ast.Expr;
import java.util.OptionalLong;
import java.util.Set;

/// Finds ranges that may hold too few samples. A range is open at its start, so one of two scrape
/// intervals holds two samples, and a shorter one sometimes only one.
final class Ranges {
  /// Functions that have no result from one sample. Source: Prometheus, promql/functions.go.
  private static final Set<String> OF_TWO =
      Set.of(
          "rate",
          "increase",
          "delta",
          "irate",
          "idelta",
          "deriv",
          "predict_linear",
          "double_exponential_smoothing");

  private Ranges() {}

  static void check(Expr expr, Report report) {
    if (!(expr instanceof Expr.Call call)) {
      return;
    }
    for (Expr argument : call.arguments()) {
      switch (Pieces.unwrapped(argument)) {
        case Expr.MatrixSelector matrix -> {
          if (matrix.vector().window() == Expr.WindowMode.PLAIN) {
            long intervalMs = report.options().scrapeIntervalMs();
            range(call, matrix, ms(matrix.range()), intervalMs, "scrape interval", report);
          }
        }
        case Expr.Subquery subquery -> {
          DurationExpr step = subquery.step();
          // Without a step it is the evaluation interval of the agent.
          OptionalLong stepMs =
              step == null ? OptionalLong.of(report.options().evaluationIntervalMs()) : ms(step);
          if (stepMs.isPresent() && stepMs.getAsLong() > 0) {
            range(call, subquery, ms(subquery.range()), stepMs.getAsLong(), "step", report);
          }
        }
        case Expr.NumberLiteral _,
            Expr.StringLiteral _,
            Expr.Parens _,
            Expr.Unary _,
            Expr.Binary _,
            Expr.Aggregate _,
            Expr.Call _,
            Expr.VectorSelector _ -> {}
      }
    }
  }

  private static void range(
      Expr.Call call, Expr at, OptionalLong range, long intervalMs, String what, Report report) {
    boolean two = OF_TWO.contains(call.function().name());
    long neededMs = two ? 2 * intervalMs : intervalMs;
    if (range.isEmpty() || range.getAsLong() <= 0 || range.getAsLong() >= neededMs) {
      return;
    }
    String function = call.function().name();
    String shown = PromDuration.format(range.getAsLong());
    String interval = what + " of " + PromDuration.format(intervalMs);
    String text =
        two
            ? function + " needs two samples; " + shown + " often holds fewer at a " + interval
            : function + " often sees no sample in " + shown + " at a " + interval;
    String hint =
        "write a range of at least "
            + PromDuration.format(two ? 4 * intervalMs : 2 * intervalMs)
            + ", so that a late sample does no harm";
    report.add(Check.SHORT_RANGE, at, text, hint);
  }

  /// Empty where the query's step or range is part of it; milliseconds.
  static OptionalLong ms(DurationExpr duration) {
    double seconds = seconds(duration);
    return Double.isNaN(seconds) || Double.isInfinite(seconds)
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round(seconds * 1000));
  }

  /// NaN where it is not known.
  private static double seconds(DurationExpr duration) {
    return switch (duration) {
      case DurationExpr.Literal literal -> literal.ms() / 1000.0;
      case DurationExpr.Constant constant -> constant.value();
      case DurationExpr.Negated negated -> -seconds(negated.inner());
      case DurationExpr.Grouped grouped -> seconds(grouped.inner());
      case DurationExpr.Arithmetic sum -> arithmetic(sum);
      case DurationExpr.Step _, DurationExpr.Range _ -> Double.NaN;
      case DurationExpr.Choice choice -> {
        double left = seconds(choice.left());
        double right = seconds(choice.right());
        yield choice.max() ? Math.max(left, right) : Math.min(left, right);
      }
    };
  }

  private static double arithmetic(DurationExpr.Arithmetic expr) {
    double left = seconds(expr.left());
    double right = seconds(expr.right());
    return switch (expr.op()) {
      case ADD -> left + right;
      case SUB -> left - right;
      case MUL -> left * right;
      case DIV -> left / right;
      case MOD -> left % right;
      case POW -> Math.pow(left, right);
      case OR, AND, UNLESS, EQ, NE, LTE, LT, GTE, GT, TRIM_UPPER, TRIM_LOWER, ATAN2 -> Double.NaN;
    };
  }
}
