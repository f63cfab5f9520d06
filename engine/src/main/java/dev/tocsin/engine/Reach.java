package dev.tocsin.engine;

import dev.tocsin.engine.partition.Children;
import dev.tocsin.promql.ast.DurationExpr;
import dev.tocsin.promql.ast.Expr;

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

  private static long literalMs(DurationExpr range) {
    return range instanceof DurationExpr.Literal(long ms) ? ms : 0;
  }
}
