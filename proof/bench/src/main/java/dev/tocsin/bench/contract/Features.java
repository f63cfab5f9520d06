package dev.tocsin.bench.contract;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.TimeModifier;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.ast.VectorMatching.Cardinality;
import java.util.Set;

/// The features of the language that an expression uses, as `kind name`.
final class Features {
  private final Set<String> found;

  private Features(Set<String> found) {
    this.found = found;
  }

  static void of(Expr expr, Set<String> found) {
    new Features(found).visit(expr);
  }

  private void visit(Expr expr) {
    switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> {}
      case Expr.Parens parens -> visit(parens.inner());
      case Expr.Unary unary -> {
        found.add("operator unary");
        visit(unary.inner());
      }
      case Expr.Binary binary -> binary(binary);
      case Expr.Aggregate aggregate -> {
        found.add("aggregation " + aggregate.op().word());
        if (aggregate.without() || !aggregate.grouping().isEmpty()) {
          found.add("modifier " + (aggregate.without() ? "without" : "by"));
        }
        Expr parameter = aggregate.parameter();
        if (parameter != null) {
          visit(parameter);
        }
        visit(aggregate.inner());
      }
      case Expr.Call call -> {
        found.add("function " + call.function().name());
        call.arguments().forEach(this::visit);
      }
      case Expr.VectorSelector selector -> when(selector.when());
      case Expr.MatrixSelector matrix -> {
        found.add("modifier range");
        visit(matrix.vector());
      }
      case Expr.Subquery subquery -> {
        found.add("modifier subquery");
        when(subquery.when());
        visit(subquery.inner());
      }
    }
  }

  private void binary(Expr.Binary binary) {
    found.add("operator " + binary.op().sign());
    if (binary.bool()) {
      found.add("modifier bool");
    }
    VectorMatching matching = binary.matching();
    if (matching != null) {
      if (matching.on() || !matching.labels().isEmpty()) {
        found.add("modifier " + (matching.on() ? "on" : "ignoring"));
      }
      if (matching.cardinality() == Cardinality.MANY_TO_ONE) {
        found.add("modifier group_left");
      } else if (matching.cardinality() == Cardinality.ONE_TO_MANY) {
        found.add("modifier group_right");
      }
    }
    visit(binary.left());
    visit(binary.right());
  }

  private void when(TimeModifier when) {
    if (when.offset() != null) {
      found.add("modifier offset");
    }
    if (when.at() != null) {
      found.add("modifier @");
    }
  }
}
