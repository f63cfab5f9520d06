package dev.tocsin.bench.fuzz.check;

import dev.tocsin.promql.ast.DurationExpr;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.TimeModifier;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a query depends on when it is evaluated.
final class Clocks {
  /// Functions of the query's range.
  private static final Set<String> OF_RANGE = Set.of("start", "end", "step", "range");

  /// Functions of the time of the evaluation.
  private static final Set<String> OF_TIME =
      Set.of(
          "days_in_month",
          "day_of_month",
          "day_of_week",
          "day_of_year",
          "hour",
          "info",
          "minute",
          "month",
          "predict_linear",
          "time",
          "timestamp",
          "year");

  private Clocks() {}

  /// Whether it sees the start, the end or the step of the query.
  static boolean seesRange(Expr expr) {
    return Trees.anyMatch(
        expr,
        each ->
            switch (each) {
              case Expr.Call call -> OF_RANGE.contains(call.function().name());
              case Expr.VectorSelector selector -> seesRange(selector.when());
              case Expr.MatrixSelector matrix -> seesRange(matrix.range());
              case Expr.Subquery subquery ->
                  seesRange(subquery.range())
                      || seesRange(subquery.step())
                      || seesRange(subquery.when());
              default -> false;
            });
  }

  private static boolean seesRange(TimeModifier when) {
    return when.at() instanceof TimeModifier.At.Start
        || when.at() instanceof TimeModifier.At.End
        || seesRange(when.offset());
  }

  private static boolean seesRange(@Nullable DurationExpr duration) {
    return switch (duration) {
      case null -> false;
      case DurationExpr.Literal _, DurationExpr.Constant _ -> false;
      case DurationExpr.Step _, DurationExpr.Range _ -> true;
      case DurationExpr.Negated(var inner) -> seesRange(inner);
      case DurationExpr.Grouped(var inner) -> seesRange(inner);
      case DurationExpr.Arithmetic(var _, var left, var right) ->
          seesRange(left) || seesRange(right);
      case DurationExpr.Choice(var _, var left, var right) -> seesRange(left) || seesRange(right);
    };
  }

  /// Whether it asks what time it is, other than by its selectors.
  static boolean seesTime(Expr expr) {
    return Trees.anyMatch(
        expr, each -> each instanceof Expr.Call call && OF_TIME.contains(call.function().name()));
  }

  /// With `@` the given time on every selector that has none; those in subqueries see the
  /// subquery's times instead.
  static Expr pinned(Expr expr, long timeMs) {
    return switch (expr) {
      case Expr.VectorSelector(var name, var matchers, var when, var window, var span) ->
          new Expr.VectorSelector(name, matchers, pinned(when, timeMs), window, span);
      case Expr.Subquery(var inner, var range, var step, var when, var span) ->
          new Expr.Subquery(inner, range, step, pinned(when, timeMs), span);
      default -> Trees.with(expr, child -> pinned(child, timeMs), expr.span());
    };
  }

  private static TimeModifier pinned(TimeModifier when, long timeMs) {
    return when.at() == null
        ? new TimeModifier(when.offset(), new TimeModifier.At.Time(timeMs))
        : when;
  }
}
