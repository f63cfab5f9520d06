package dev.tocsin.promql.ast;

import dev.tocsin.promql.data.Matcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A query: parsed, types checked. Immutable.
public sealed interface Expr {
  Span span();

  ValueType type();

  /// @param duration whether it was written as a duration (`5m` for 300), for printing
  record NumberLiteral(double value, boolean duration, Span span) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.SCALAR;
    }
  }

  record StringLiteral(String value, Span span) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.STRING;
    }
  }

  record Parens(Expr inner, Span span) implements Expr {
    @Override
    public ValueType type() {
      return inner.type();
    }
  }

  /// @param minus `-inner`, otherwise `+inner`
  record Unary(boolean minus, Expr inner, Span span) implements Expr {
    @Override
    public ValueType type() {
      return inner.type();
    }
  }

  /// @param bool the modifier of comparisons: 0 or 1 instead of a filter
  /// @param matching null where a side is a scalar
  record Binary(
      BinaryOp op,
      Expr left,
      Expr right,
      boolean bool,
      @Nullable VectorMatching matching,
      Span span)
      implements Expr {
    @Override
    public ValueType type() {
      boolean scalars = left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR;
      return scalars ? ValueType.SCALAR : ValueType.VECTOR;
    }
  }

  /// @param parameter null where the aggregation takes none
  /// @param without whether the labels are left out, or the only ones kept
  record Aggregate(
      AggregateOp op,
      Expr inner,
      @Nullable Expr parameter,
      List<String> grouping,
      boolean without,
      Span span)
      implements Expr {
    public Aggregate {
      grouping = List.copyOf(grouping);
    }

    @Override
    public ValueType type() {
      return ValueType.VECTOR;
    }
  }

  record Call(Function function, List<Expr> arguments, Span span) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public ValueType type() {
      return function.returns();
    }
  }

  /// @param name the metric name as written in front; empty where it is a matcher or absent
  /// @param matchers all of them, the one of the metric name included, in the order written
  /// @param window `anchored` or `smoothed` (experimental)
  record VectorSelector(
      String name, List<Matcher> matchers, TimeModifier when, WindowMode window, Span span)
      implements Expr {
    public VectorSelector {
      matchers = List.copyOf(matchers);
    }

    @Override
    public ValueType type() {
      return ValueType.VECTOR;
    }
  }

  /// The modifiers of time are the vector selector's.
  record MatrixSelector(VectorSelector vector, DurationExpr range, Span span) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.MATRIX;
    }
  }

  /// @param step null: the default step of the evaluation
  record Subquery(
      Expr inner, DurationExpr range, @Nullable DurationExpr step, TimeModifier when, Span span)
      implements Expr {
    @Override
    public ValueType type() {
      return ValueType.MATRIX;
    }
  }

  /// How a range is read at its ends.
  enum WindowMode {
    PLAIN,
    ANCHORED,
    SMOOTHED
  }
}
