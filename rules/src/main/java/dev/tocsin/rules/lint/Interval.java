package dev.tocsin.rules.lint;

import dev.tocsin.promql.ast.BinaryOp;

/// All floats that a value can be are within `low` and `high`, both included, or NaN. Empty where
/// `low > high`: then there is no value, or it is NaN.
record Interval(double low, double high) {
  static final Interval ANY = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  static final Interval NOT_NEGATIVE = new Interval(0, Double.POSITIVE_INFINITY);

  static Interval exactly(double value) {
    return new Interval(value, value);
  }

  static Interval atLeast(double low) {
    return new Interval(low, Double.POSITIVE_INFINITY);
  }

  boolean isEmpty() {
    return low > high;
  }

  boolean isNaN() {
    return Double.isNaN(low) || Double.isNaN(high);
  }

  /// Any value where a bound is not known.
  private static Interval of(double low, double high) {
    return Double.isNaN(low) || Double.isNaN(high) ? ANY : new Interval(low, high);
  }

  Interval intersect(Interval other) {
    return new Interval(Math.max(low, other.low), Math.min(high, other.high));
  }

  Interval hull(Interval other) {
    return new Interval(Math.min(low, other.low), Math.max(high, other.high));
  }

  Interval negated() {
    return new Interval(-high, -low);
  }

  /// Rounding keeps the order of results, so the bounds' results are the results' bounds.
  Interval calculate(BinaryOp op, Interval other) {
    return switch (op) {
      case ADD -> of(low + other.low, high + other.high);
      case SUB -> of(low - other.high, high - other.low);
      case MUL -> extremes(low * other.low, low * other.high, high * other.low, high * other.high);
      case DIV ->
          other.low == other.high && other.low != 0
              ? extremes(low / other.low, high / other.low, low / other.low, high / other.low)
              : ANY;
      case MOD, POW, ATAN2, OR, AND, UNLESS, EQ, NE, LTE, LT, GTE, GT, TRIM_UPPER, TRIM_LOWER ->
          ANY;
    };
  }

  private static Interval extremes(double a, double b, double c, double d) {
    // NaN, as of 0 * Inf, spreads.
    return of(Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
  }

  /// What is left of this where `this op other` holds, `op` a comparison. `!=` and what has NaN as
  /// its bound leaves all.
  Interval where(BinaryOp op, Interval other) {
    Interval limit =
        switch (op) {
          case EQ -> other;
          case GT -> new Interval(Math.nextUp(other.low), Double.POSITIVE_INFINITY);
          case GTE -> new Interval(other.low, Double.POSITIVE_INFINITY);
          case LT -> new Interval(Double.NEGATIVE_INFINITY, Math.nextDown(other.high));
          case LTE -> new Interval(Double.NEGATIVE_INFINITY, other.high);
          case NE, OR, AND, UNLESS, TRIM_UPPER, TRIM_LOWER, ADD, SUB, MUL, DIV, MOD, ATAN2, POW ->
              ANY;
        };
    boolean unreachable =
        (op == BinaryOp.GT && other.low == Double.POSITIVE_INFINITY)
            || (op == BinaryOp.LT && other.high == Double.NEGATIVE_INFINITY);
    return unreachable ? new Interval(1, 0) : intersect(limit);
  }

  /// The comparison as seen from the other side.
  static BinaryOp turned(BinaryOp op) {
    return switch (op) {
      case GT -> BinaryOp.LT;
      case GTE -> BinaryOp.LTE;
      case LT -> BinaryOp.GT;
      case LTE -> BinaryOp.GTE;
      case EQ, NE, OR, AND, UNLESS, TRIM_UPPER, TRIM_LOWER, ADD, SUB, MUL, DIV, MOD, ATAN2, POW ->
          op;
    };
  }
}
