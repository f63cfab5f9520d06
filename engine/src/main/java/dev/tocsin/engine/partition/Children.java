package dev.tocsin.engine.partition;

import dev.tocsin.promql.ast.Expr;
import java.util.ArrayList;
import java.util.List;

/// The expressions that one is made of, in the order in which they are evaluated. Those of a
/// selector are none, since it reads series itself.
public final class Children {
  private Children() {}

  public static List<Expr> of(Expr expr) {
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
