package dev.tocsin.rules.lint;

import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.ast.VectorMatching;
import java.util.List;

/// Which values the floats of a result can have, whatever the samples are.
final class Values {
  private static final Interval HIGHEST = Interval.exactly(Double.POSITIVE_INFINITY);
  private static final Interval LOWEST = Interval.exactly(Double.NEGATIVE_INFINITY);

  private Values() {}

  static Interval of(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral literal -> Interval.exactly(literal.value());
      case Expr.StringLiteral _, Expr.VectorSelector _, Expr.MatrixSelector _ -> Interval.ANY;
      case Expr.Parens parens -> of(parens.inner());
      case Expr.Unary unary -> unary.minus() ? of(unary.inner()).negated() : of(unary.inner());
      case Expr.Subquery subquery -> of(subquery.inner());
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Call call -> call(call);
      case Expr.Binary binary -> binary(binary);
    };
  }

  private static Interval aggregate(Expr.Aggregate expr) {
    Interval inner = of(expr.inner());
    return switch (expr.op()) {
      case COUNT, COUNT_VALUES -> Interval.atLeast(1);
      case GROUP -> Interval.exactly(1);
      case MIN, MAX, TOPK, BOTTOMK, LIMITK, LIMIT_RATIO -> inner;
      case STDDEV, STDVAR -> Interval.NOT_NEGATIVE;
      // A mean or a sum may be rounded beyond the values, but not over zero.
      case SUM, AVG -> sign(inner);
      case QUANTILE -> Interval.ANY;
    };
  }

  private static Interval sign(Interval inner) {
    if (inner.low() >= 0) {
      return Interval.NOT_NEGATIVE;
    }
    return inner.high() <= 0 ? Interval.NOT_NEGATIVE.negated() : Interval.ANY;
  }

  private static Interval call(Expr.Call call) {
    List<Expr> arguments = call.arguments();
    return switch (call.function().name()) {
      case "absent", "absent_over_time", "present_over_time" -> Interval.exactly(1);
      case "count_over_time" -> Interval.atLeast(1);
      case "changes", "resets", "stddev_over_time", "stdvar_over_time", "abs", "sqrt", "exp" ->
          Interval.NOT_NEGATIVE;
      case "sgn", "sin", "cos", "tanh" -> new Interval(-1, 1);
      case "minute" -> new Interval(0, 59);
      case "hour" -> new Interval(0, 23);
      case "day_of_week" -> new Interval(0, 6);
      case "day_of_month" -> new Interval(1, 31);
      case "days_in_month" -> new Interval(28, 31);
      case "day_of_year" -> new Interval(1, 366);
      case "month" -> new Interval(1, 12);
      case "pi" -> Interval.exactly(Math.PI);
      case "vector",
          "scalar",
          "sort",
          "sort_desc",
          "sort_by_label",
          "sort_by_label_desc",
          "label_replace",
          "label_join",
          "last_over_time",
          "first_over_time",
          "min_over_time",
          "max_over_time" ->
          of(arguments.getFirst());
      case "clamp_min" -> clamp(of(arguments.get(0)), of(arguments.get(1)), HIGHEST);
      case "clamp_max" -> clamp(of(arguments.get(0)), LOWEST, of(arguments.get(1)));
      case "clamp" -> clamp(of(arguments.get(0)), of(arguments.get(1)), of(arguments.get(2)));
      default -> Interval.ANY;
    };
  }

  /// Source: Prometheus, funcClamp: first the maximum, then the minimum.
  private static Interval clamp(Interval value, Interval min, Interval max) {
    if (value.isNaN() || min.isNaN() || max.isNaN()) {
      return Interval.ANY;
    }
    return new Interval(
        Math.max(min.low(), Math.min(max.low(), value.low())),
        Math.max(min.high(), Math.min(max.high(), value.high())));
  }

  private static Interval binary(Expr.Binary expr) {
    Interval left = of(expr.left());
    Interval right = of(expr.right());
    BinaryOp op = expr.op();
    VectorMatching matching = expr.matching();
    if (op.isSet()) {
      return op == BinaryOp.OR ? left.hull(right) : left;
    }
    if (matching != null && Pieces.fills(matching)) {
      return Interval.ANY;
    }
    if (!op.isComparison()) {
      return left.calculate(op, right);
    }
    if (expr.bool() || expr.type() == ValueType.SCALAR) {
      return new Interval(0, 1);
    }
    return kept(expr, op, left, right);
  }

  /// The value of a filter is the vector's, of two vectors the left one's.
  static Interval kept(Expr.Binary expr, BinaryOp op, Interval left, Interval right) {
    boolean vectorRight = expr.left().type() == ValueType.SCALAR;
    return vectorRight ? right.where(Interval.turned(op), left) : left.where(op, right);
  }
}
