package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.DurationExpr;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Expr.WindowMode;
import dev.tocsin.promql.ast.Function;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.ast.TimeModifier;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.ast.VectorMatching.Cardinality;
import dev.tocsin.promql.data.Matcher;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// Queries built by hand.
final class Trees {
  private Trees() {}

  static Labels series(String name, String... labels) {
    return Labels.of(labels).toBuilder().set(Labels.METRIC_NAME, name).build();
  }

  static Expr.VectorSelector selector(String name) {
    return selector(Matcher.equal(Labels.METRIC_NAME, name), TimeModifier.NONE);
  }

  /// `{__name__=~"..."}`
  static Expr.VectorSelector named(String pattern) {
    Matcher matcher = new Matcher(Matcher.Kind.REGEX, Labels.METRIC_NAME, pattern);
    return selector(matcher, TimeModifier.NONE);
  }

  static Expr.VectorSelector at(String name, long timeMs) {
    TimeModifier when = new TimeModifier(null, new TimeModifier.At.Time(timeMs));
    return selector(Matcher.equal(Labels.METRIC_NAME, name), when);
  }

  private static Expr.VectorSelector selector(Matcher matcher, TimeModifier when) {
    return new Expr.VectorSelector("", List.of(matcher), when, WindowMode.PLAIN, Span.NONE);
  }

  static Expr range(String name, long rangeMs) {
    return range(selector(name), rangeMs);
  }

  static Expr range(Expr.VectorSelector selector, long rangeMs) {
    return new Expr.MatrixSelector(selector, new DurationExpr.Literal(rangeMs), new Span(5, 9));
  }

  static Expr subquery(Expr inner, long rangeMs, long stepMs) {
    return new Expr.Subquery(
        inner,
        new DurationExpr.Literal(rangeMs),
        new DurationExpr.Literal(stepMs),
        TimeModifier.NONE,
        Span.NONE);
  }

  static Expr call(String name, Expr... arguments) {
    List<ValueType> types = Arrays.stream(arguments).map(Expr::type).toList();
    Function function = new Function(name, types, 0, ValueType.VECTOR, false);
    return new Expr.Call(function, List.of(arguments), Span.NONE);
  }

  static Expr binary(BinaryOp op, Expr left, Expr right) {
    return matched(op, left, right, VectorMatching.DEFAULT);
  }

  static Expr matched(BinaryOp op, Expr left, Expr right, VectorMatching matching) {
    return new Expr.Binary(op, left, right, false, matching, Span.NONE);
  }

  static VectorMatching on(Cardinality cardinality, List<String> include, String... labels) {
    return new VectorMatching(
        cardinality,
        List.of(labels),
        true,
        include,
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  static Expr number(double value) {
    return new Expr.NumberLiteral(value, false, Span.NONE);
  }

  static Expr text(String value) {
    return new Expr.StringLiteral(value, Span.NONE);
  }

  static Expr aggregate(AggregateOp op, Expr inner, String... by) {
    return new Expr.Aggregate(op, inner, null, List.of(by), false, Span.NONE);
  }

  static Expr aggregate(AggregateOp op, double parameter, Expr inner, String... by) {
    return new Expr.Aggregate(op, inner, number(parameter), List.of(by), false, new Span(0, 1));
  }
}
