package dev.tocsin.rules.lint;

import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.ast.VectorMatching.Cardinality;
import dev.tocsin.promql.data.Matcher;
import java.util.Optional;

/// The value that a label has in every element of a result, as far as the expression tells: the
/// empty one where the label is absent.
final class KnownValues {
  private final String label;

  private KnownValues(String label) {
    this.label = label;
  }

  /// Empty where it is not known. Not for the metric name.
  static Optional<String> of(Expr expr, String label) {
    return new KnownValues(label).of(expr);
  }

  private Optional<String> of(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> Optional.empty();
      case Expr.Parens parens -> of(parens.inner());
      case Expr.Unary unary -> of(unary.inner());
      case VectorSelector selector ->
          selector.matchers().stream()
              .filter(each -> each.kind() == Matcher.Kind.EQUAL && each.name().equals(label))
              .map(Matcher::value)
              .findFirst();
      case Expr.MatrixSelector matrix -> of(matrix.vector());
      case Expr.Subquery subquery -> of(subquery.inner());
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Call call -> call(call);
      case Expr.Binary binary -> binary(binary);
    };
  }

  private Optional<String> aggregate(Expr.Aggregate expr) {
    boolean goes = expr.grouping().contains(label) == expr.without();
    return switch (expr.op()) {
      case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO -> of(expr.inner());
      case COUNT_VALUES -> {
        Expr parameter = expr.parameter();
        boolean made = parameter != null && Pieces.text(parameter).equals(label);
        yield made ? Optional.empty() : goes ? Optional.of("") : of(expr.inner());
      }
      case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR, QUANTILE ->
          goes ? Optional.of("") : of(expr.inner());
    };
  }

  private Optional<String> call(Expr.Call call) {
    Optional<Expr> series = Pieces.series(call);
    return switch (call.function().name()) {
      case "absent", "absent_over_time", "scalar" -> Optional.empty();
      case "vector" -> Optional.of("");
      case "info" -> of(call.arguments().getFirst()).filter(value -> !value.isEmpty());
      case "label_replace", "label_join", "histogram_quantiles" ->
          Pieces.text(call.arguments().get(1)).equals(label)
              ? Optional.empty()
              : series.flatMap(this::of);
      case "histogram_quantile", "histogram_fraction" ->
          label.equals("le") ? Optional.empty() : series.flatMap(this::of);
      // Without a vector as argument (hour()) it has no labels.
      default -> series.isPresent() ? of(series.get()) : Optional.of("");
    };
  }

  private Optional<String> binary(Expr.Binary expr) {
    VectorMatching matching = expr.matching();
    if (matching == null) {
      return of(expr.left().type() == ValueType.SCALAR ? expr.right() : expr.left());
    }
    if (expr.op().isSet()) {
      Optional<String> left = of(expr.left());
      boolean same = expr.op() != BinaryOp.OR || left.equals(of(expr.right()));
      return same ? left : Optional.empty();
    }
    if (Pieces.fills(matching)) {
      return Optional.empty();
    }
    if (matching.include().contains(label)) {
      return of(Pieces.one(expr, matching));
    }
    boolean matched = matching.labels().contains(label) == matching.on();
    if (matching.cardinality() == Cardinality.ONE_TO_ONE && !matched) {
      return Optional.of("");
    }
    return of(Pieces.many(expr, matching));
  }
}
