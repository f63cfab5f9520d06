package dev.tocsin.promql.ast;

/// A duration as written in a range, an offset or a step: a literal, or arithmetic on literals and
/// on the query's own step and range. Values are seconds until rounded to milliseconds at the end.
public sealed interface DurationExpr {
  /// @param ms milliseconds; may be negative in an offset
  record Literal(long ms) implements DurationExpr {}

  /// A literal number inside of arithmetic, as the 2 in `5m * 2`; seconds where it stands alone.
  record Constant(double value) implements DurationExpr {}

  record Negated(DurationExpr inner) implements DurationExpr {}

  record Grouped(DurationExpr inner) implements DurationExpr {}

  /// @param op ADD, SUB, MUL, DIV, MOD or POW
  record Arithmetic(BinaryOp op, DurationExpr left, DurationExpr right) implements DurationExpr {}

  /// `step()`: the step of the query.
  record Step() implements DurationExpr {}

  /// `range()`: from the query's start to its end.
  record Range() implements DurationExpr {}

  /// `min_of(a, b)` or `max_of(a, b)`.
  record Choice(boolean max, DurationExpr left, DurationExpr right) implements DurationExpr {}
}
