package dev.tocsin.promql.eval;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.TimeModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks through expressions, and pins them to a time by `@`.
final class ExprRewriter {
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

  private ExprRewriter() {}

  private static List<Expr> children(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _, Expr.VectorSelector _ -> List.of();
      case Expr.Parens parens -> List.of(parens.inner());
      case Expr.Unary unary -> List.of(unary.inner());
      case Expr.Binary binary -> List.of(binary.left(), binary.right());
      case Expr.Aggregate aggregate -> {
        Expr parameter = aggregate.parameter();
        yield parameter == null
            ? List.of(aggregate.inner())
            : List.of(parameter, aggregate.inner());
      }
      case Expr.Call call -> call.arguments();
      case Expr.MatrixSelector matrix -> List.of(matrix.vector());
      case Expr.Subquery subquery -> List.of(subquery.inner());
    };
  }

  static List<Expr.VectorSelector> selectors(Expr expr) {
    List<Expr.VectorSelector> found = new ArrayList<>();
    if (expr instanceof Expr.VectorSelector selector) {
      found.add(selector);
    }
    children(expr).forEach(child -> found.addAll(selectors(child)));
    return found;
  }

  /// Whether a function in it looks at the time of the evaluation.
  static boolean usesTime(Expr expr) {
    return (expr instanceof Expr.Call call && TIMED.contains(call.function().name()))
        || children(expr).stream().anyMatch(ExprRewriter::usesTime);
  }

  private static TimeModifier pinned(TimeModifier when, long timeMs) {
    return when.at() == null
        ? new TimeModifier(when.offset(), new TimeModifier.At.Time(timeMs))
        : when;
  }

  private static Expr.VectorSelector pinned(Expr.VectorSelector s, long timeMs) {
    return new Expr.VectorSelector(
        s.name(), s.matchers(), pinned(s.when(), timeMs), s.window(), s.span());
  }

  private static @Nullable Expr pinnedOrNull(@Nullable Expr expr, long timeMs) {
    return expr == null ? null : pinned(expr, timeMs);
  }

  /// With `@ timeMs` on all outermost selectors and subqueries without `@`.
  static Expr pinned(Expr expr, long timeMs) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> expr;
      case Expr.Parens e -> new Expr.Parens(pinned(e.inner(), timeMs), e.span());
      case Expr.Unary e -> new Expr.Unary(e.minus(), pinned(e.inner(), timeMs), e.span());
      case Expr.Binary e ->
          new Expr.Binary(
              e.op(),
              pinned(e.left(), timeMs),
              pinned(e.right(), timeMs),
              e.bool(),
              e.matching(),
              e.span());
      case Expr.Aggregate e ->
          new Expr.Aggregate(
              e.op(),
              pinned(e.inner(), timeMs),
              pinnedOrNull(e.parameter(), timeMs),
              e.grouping(),
              e.without(),
              e.span());
      case Expr.Call e ->
          new Expr.Call(
              e.function(),
              e.arguments().stream().map(argument -> pinned(argument, timeMs)).toList(),
              e.span());
      case Expr.VectorSelector e -> pinned(e, timeMs);
      case Expr.MatrixSelector e ->
          new Expr.MatrixSelector(pinned(e.vector(), timeMs), e.range(), e.span());
      case Expr.Subquery e ->
          new Expr.Subquery(e.inner(), e.range(), e.step(), pinned(e.when(), timeMs), e.span());
    };
  }
}
