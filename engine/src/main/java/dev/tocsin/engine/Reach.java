package dev.tocsin.engine;

import dev.tocsin.engine.partition.Children;
import dev.tocsin.promql.ast.DurationExpr;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.TimeModifier;

/// How far back an expression looks.
final class Reach {
  private Reach() {}

  /// Its longest range, milliseconds; 0 where it has none. One that is computed counts as none.
  static long longestRangeMs(Expr expr) {
    long longestMs =
        switch (expr) {
          case Expr.MatrixSelector matrix -> literalMs(matrix.range());
          case Expr.Subquery subquery -> literalMs(subquery.range());
          default -> 0;
        };
    for (Expr child : Children.of(expr)) {
      longestMs = Math.max(longestMs, longestRangeMs(child));
    }
    return longestMs;
  }

  /// How far before its time it reads samples at most, milliseconds, its selectors' lookback not
  /// counted. Durations that are computed and fixed times (`@`) count as none.
  static long reachMs(Expr expr) {
    long ownMs =
        switch (expr) {
          case Expr.VectorSelector vector -> offsetMs(vector.when());
          case Expr.MatrixSelector matrix -> literalMs(matrix.range());
          case Expr.Subquery subquery ->
              literalMs(subquery.range())
                  + (subquery.step() == null ? 0 : literalMs(subquery.step()))
                  + offsetMs(subquery.when());
          default -> 0;
        };
    long innerMs = expr instanceof Expr.MatrixSelector matrix ? reachMs(matrix.vector()) : 0;
    for (Expr child : Children.of(expr)) {
      innerMs = Math.max(innerMs, reachMs(child));
    }
    return ownMs + innerMs;
  }

  private static long offsetMs(TimeModifier when) {
    return when.offset() == null ? 0 : Math.max(0, literalMs(when.offset()));
  }

  private static long literalMs(DurationExpr range) {
    return range instanceof DurationExpr.Literal(long ms) ? ms : 0;
  }
}
