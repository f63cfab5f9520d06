package dev.tocsin.engine.partition;

import dev.tocsin.promql.ast.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Why an expression has the empty key.
public final class Cause {
  private Cause() {}

  /// The first of the smallest pieces that read series and have the empty key; empty where the
  /// expression has another key, or reads no series.
  public static Optional<Expr> of(Expr expr) {
    if (!isWhole(expr)) {
      return Optional.empty();
    }
    Expr piece = expr;
    while (true) {
      Optional<Expr> smaller = children(piece).stream().filter(Cause::isWhole).findFirst();
      if (smaller.isEmpty()) {
        return Optional.of(piece);
      }
      piece = smaller.get();
    }
  }

  private static boolean isWhole(Expr expr) {
    return Leaves.readsSeries(expr) && PartitionKey.of(expr).isEmpty();
  }

  private static List<Expr> children(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _,
          Expr.StringLiteral _,
          Expr.VectorSelector _,
          Expr.MatrixSelector _ ->
          List.of();
      case Expr.Parens parens -> List.of(parens.inner());
      case Expr.Unary unary -> List.of(unary.inner());
      case Expr.Binary binary -> List.of(binary.left(), binary.right());
      case Expr.Aggregate aggregate -> {
        List<Expr> all = new ArrayList<>();
        all.add(aggregate.inner());
        Expr parameter = aggregate.parameter();
        if (parameter != null) {
          all.add(parameter);
        }
        yield all;
      }
      case Expr.Call call -> call.arguments();
      case Expr.Subquery subquery -> List.of(subquery.inner());
    };
  }
}
