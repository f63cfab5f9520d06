package dev.tocsin.promql.eval;

import dev.tocsin.promql.ast.Expr;
import java.util.Set;

/// Whether an expression has the same value at every step, because all its selectors are pinned by
/// `@`. Such an expression is evaluated once, at the first step. Source: Prometheus,
/// PreprocessExpr.
public final class Invariance {
  /// Functions that look at the time of the evaluation itself, or at that of their arguments.
  private static final Set<String> TIMED =
      Set.of(
          "days_in_month",
          "day_of_month",
          "day_of_week",
          "day_of_year",
          "end",
          "hour",
          "minute",
          "month",
          "year",
          "predict_linear",
          "range",
          "start",
          "step",
          "time",
          "timestamp");

  private Invariance() {}

  /// Whether the function's result depends on when it is evaluated, whatever its arguments are.
  public static boolean looksAtTime(String function) {
    return TIMED.contains(function);
  }

  /// Of an aggregation only the operand decides, as in Prometheus: `quantile(scalar(x), vector(2))`
  /// has at all steps the parameter of the first.
  public static boolean isInvariant(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> true;
      case Expr.Parens parens -> isInvariant(parens.inner());
      case Expr.Unary unary -> isInvariant(unary.inner());
      case Expr.Binary binary -> isInvariant(binary.left()) && isInvariant(binary.right());
      case Expr.Aggregate aggregate -> isInvariant(aggregate.inner());
      case Expr.VectorSelector selector -> selector.when().at() != null;
      case Expr.MatrixSelector matrix -> matrix.vector().when().at() != null;
      case Expr.Subquery subquery -> subquery.when().at() != null;
      case Expr.Call call -> isInvariant(call);
    };
  }

  private static boolean isInvariant(Expr.Call call) {
    String name = call.function().name();
    if (name.equals("timestamp")) {
      return Planner.unwrapped(call.arguments().getFirst()) instanceof Expr.VectorSelector selector
          && selector.when().at() != null;
    }
    if (looksAtTime(name)) {
      return false;
    }
    for (Expr argument : call.arguments()) {
      if (!isInvariant(argument)) {
        return false;
      }
    }
    return true;
  }
}
