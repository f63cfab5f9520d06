package dev.tocsin.rules.lint;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.ast.VectorMatching.Cardinality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Going through an expression.
final class Pieces {
  private Pieces() {}

  /// What it is made of, in the order of its text.
  static List<Expr> children(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _, Expr.VectorSelector _ -> List.of();
      case Expr.Parens parens -> List.of(parens.inner());
      case Expr.Unary unary -> List.of(unary.inner());
      case Expr.Binary binary -> List.of(binary.left(), binary.right());
      case Expr.Aggregate aggregate -> {
        List<Expr> all = new ArrayList<>();
        Expr parameter = aggregate.parameter();
        if (parameter != null) {
          all.add(parameter);
        }
        all.add(aggregate.inner());
        yield all;
      }
      case Expr.Call call -> call.arguments();
      case Expr.MatrixSelector matrix -> List.of(matrix.vector());
      case Expr.Subquery subquery -> List.of(subquery.inner());
    };
  }

  /// It and all it is made of.
  static void forEach(Expr expr, Consumer<Expr> visitor) {
    visitor.accept(expr);
    children(expr).forEach(child -> forEach(child, visitor));
  }

  static Expr unwrapped(Expr expr) {
    return expr instanceof Expr.Parens parens ? unwrapped(parens.inner()) : expr;
  }

  /// The vector or range vector among the arguments, whose labels the result has.
  static Optional<Expr> series(Expr.Call call) {
    return call.arguments().stream()
        .filter(each -> each.type() == ValueType.VECTOR || each.type() == ValueType.MATRIX)
        .findFirst();
  }

  /// Of an argument that is a text.
  static String text(Expr expr) {
    return unwrapped(expr) instanceof Expr.StringLiteral literal ? literal.value() : "";
  }

  static boolean fills(VectorMatching matching) {
    return matching.fillLeft().isPresent() || matching.fillRight().isPresent();
  }

  /// The side that gives the labels.
  static Expr many(Expr.Binary binary, VectorMatching matching) {
    return matching.cardinality() == Cardinality.ONE_TO_MANY ? binary.right() : binary.left();
  }

  static Expr one(Expr.Binary binary, VectorMatching matching) {
    return matching.cardinality() == Cardinality.ONE_TO_MANY ? binary.left() : binary.right();
  }
}
