package dev.tocsin.bench.fuzz.check;

import dev.tocsin.promql.ast.DurationExpr;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.ast.TimeModifier;
import dev.tocsin.promql.data.Matcher;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Walks through expressions.
public final class Trees {
  private Trees() {}

  public static List<Expr> children(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _, Expr.VectorSelector _ -> List.of();
      case Expr.Parens(var inner, var _) -> List.of(inner);
      case Expr.Unary(var _, var inner, var _) -> List.of(inner);
      case Expr.Binary binary -> List.of(binary.left(), binary.right());
      case Expr.Aggregate aggregate -> {
        Expr parameter = aggregate.parameter();
        Expr inner = aggregate.inner();
        yield parameter == null ? List.of(inner) : List.of(parameter, inner);
      }
      case Expr.Call call -> call.arguments();
      case Expr.MatrixSelector matrix -> List.of(matrix.vector());
      case Expr.Subquery subquery -> List.of(subquery.inner());
    };
  }

  static boolean anyMatch(Expr expr, Predicate<Expr> predicate) {
    return predicate.test(expr)
        || children(expr).stream().anyMatch(child -> anyMatch(child, predicate));
  }

  /// The same with other children, and at the given place.
  public static Expr with(Expr expr, UnaryOperator<Expr> child, Span span) {
    return switch (expr) {
      case Expr.NumberLiteral(var value, var duration, var _) ->
          new Expr.NumberLiteral(value, duration, span);
      case Expr.StringLiteral(var value, var _) -> new Expr.StringLiteral(value, span);
      case Expr.Parens(var inner, var _) -> new Expr.Parens(child.apply(inner), span);
      case Expr.Unary(var minus, var inner, var _) ->
          new Expr.Unary(minus, child.apply(inner), span);
      case Expr.Binary(var op, var left, var right, var bool, var matching, var _) ->
          new Expr.Binary(op, child.apply(left), child.apply(right), bool, matching, span);
      case Expr.Aggregate(var op, var inner, var parameter, var grouping, var without, var _) ->
          new Expr.Aggregate(
              op,
              child.apply(inner),
              parameter == null ? null : child.apply(parameter),
              grouping,
              without,
              span);
      case Expr.Call(var function, var arguments, var _) ->
          new Expr.Call(function, arguments.stream().map(child).toList(), span);
      case Expr.VectorSelector(var name, var matchers, var when, var window, var _) ->
          new Expr.VectorSelector(name, matchers, when, window, span);
      case Expr.MatrixSelector(var vector, var range, var _) ->
          new Expr.MatrixSelector((Expr.VectorSelector) child.apply(vector), range, span);
      case Expr.Subquery(var inner, var range, var step, var when, var _) ->
          new Expr.Subquery(child.apply(inner), range, step, when, span);
    };
  }

  /// For comparing what queries mean: the order of matchers is no part of it.
  private static Expr withoutPlaces(Expr expr) {
    if (expr instanceof Expr.VectorSelector(var name, var matchers, var when, var window, var _)) {
      List<Matcher> sorted =
          matchers.stream().sorted(Comparator.comparing(Matcher::toString)).toList();
      return new Expr.VectorSelector(name, sorted, bare(when), window, Span.NONE);
    }
    if (expr instanceof Expr.Subquery(var inner, var range, var step, var when, var _)) {
      return new Expr.Subquery(withoutPlaces(inner), range, step, bare(when), Span.NONE);
    }
    return with(expr, Trees::withoutPlaces, Span.NONE);
  }

  /// Without parentheses around all of an offset, which printing may add.
  private static TimeModifier bare(TimeModifier when) {
    return when.offset() instanceof DurationExpr.Grouped(var inner)
        ? new TimeModifier(inner, when.at())
        : when;
  }

  static boolean same(Expr one, Expr other) {
    return withoutPlaces(one).equals(withoutPlaces(other));
  }
}
