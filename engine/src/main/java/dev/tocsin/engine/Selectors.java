package dev.tocsin.engine;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import java.util.ArrayList;
import java.util.List;

/// The selectors of an expression, in the order of its text; those of range selectors and of
/// subqueries are among them.
final class Selectors {
  private final List<VectorSelector> found = new ArrayList<>();

  private Selectors() {}

  static List<VectorSelector> of(Expr expr) {
    Selectors selectors = new Selectors();
    selectors.visit(expr);
    return List.copyOf(selectors.found);
  }

  private void visit(Expr expr) {
    switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> {}
      case Expr.Parens parens -> visit(parens.inner());
      case Expr.Unary unary -> visit(unary.inner());
      case Expr.Binary binary -> {
        visit(binary.left());
        visit(binary.right());
      }
      case Expr.Aggregate aggregate -> {
        Expr parameter = aggregate.parameter();
        if (parameter != null) {
          visit(parameter);
        }
        visit(aggregate.inner());
      }
      case Expr.Call call -> call.arguments().forEach(this::visit);
      case VectorSelector selector -> found.add(selector);
      case Expr.MatrixSelector matrix -> visit(matrix.vector());
      case Expr.Subquery subquery -> visit(subquery.inner());
    }
  }
}
