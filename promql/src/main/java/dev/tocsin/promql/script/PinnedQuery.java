package dev.tocsin.promql.script;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.TimeModifier;
import dev.tocsin.promql.eval.Invariance;
import dev.tocsin.promql.print.Printer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A query pinned to a time by `@`: then it has the same result at any other time. Source:
/// Prometheus, promql/promqltest.
final class PinnedQuery {
  private PinnedQuery() {}

  /// The other times to evaluate the pinned query at; Unix milliseconds.
  static long[] times(long timeMs) {
    return timeMs == 0
        ? new long[] {-1000, 0, 1000}
        : new long[] {-10 * timeMs, 0, timeMs / 5, timeMs, 10 * timeMs};
  }

  /// Whether it cannot be pinned.
  static boolean looksAtTime(Expr expr) {
    if (expr instanceof Expr.Call call && Invariance.looksAtTime(call.function().name())) {
      return true;
    }
    // What is in a subquery with a time of its own is looked at neither.
    if (expr instanceof Expr.Subquery) {
      return false;
    }
    for (Expr child : children(expr)) {
      if (looksAtTime(child)) {
        return true;
      }
    }
    return false;
  }

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

  /// With `@ timeMs` on all selectors and subqueries, what is inside of subqueries excepted.
  static String text(Expr expr, long timeMs) {
    return Printer.print(pinned(expr, timeMs));
  }

  private static TimeModifier pinned(TimeModifier when, long timeMs) {
    return when.at() instanceof TimeModifier.At.Time
        ? when
        : new TimeModifier(when.offset(), new TimeModifier.At.Time(timeMs));
  }

  private static Expr.VectorSelector pinned(Expr.VectorSelector s, long timeMs) {
    return new Expr.VectorSelector(
        s.name(), s.matchers(), pinned(s.when(), timeMs), s.window(), s.span());
  }

  private static @Nullable Expr pinnedOrNull(@Nullable Expr expr, long timeMs) {
    return expr == null ? null : pinned(expr, timeMs);
  }

  private static Expr pinned(Expr expr, long timeMs) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> expr;
      case Expr.Parens e -> new Expr.Parens(pinned(e.inner(), timeMs), e.span());
      case Expr.Unary e -> new Expr.Unary(e.minus(), pinned(e.inner(), timeMs), e.span());
      case Expr.Binary(var op, var left, var right, var bool, var matching, var span) ->
          new Expr.Binary(op, pinned(left, timeMs), pinned(right, timeMs), bool, matching, span);
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
