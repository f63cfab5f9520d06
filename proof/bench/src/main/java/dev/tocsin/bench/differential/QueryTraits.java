package dev.tocsin.bench.differential;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.ParseOptions;
import dev.tocsin.promql.parse.PromqlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What known differences look at in a query.
record QueryTraits(List<Expr> nodes) {
  QueryTraits {
    nodes = List.copyOf(nodes);
  }

  /// Empty where the text is no query.
  static Optional<QueryTraits> of(String query) {
    try {
      return Optional.of(new QueryTraits(all(PromqlParser.parse(query, ParseOptions.ALL))));
    } catch (ParseException e) {
      return Optional.empty();
    }
  }

  private static List<Expr> all(Expr root) {
    List<Expr> all = new ArrayList<>();
    all.add(root);
    for (int i = 0; i < all.size(); i++) {
      all.addAll(children(all.get(i)));
    }
    return all;
  }

  private static List<Expr> children(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _, Expr.VectorSelector _ -> List.of();
      case Expr.Parens parens -> List.of(parens.inner());
      case Expr.Unary unary -> List.of(unary.inner());
      case Expr.Binary binary -> List.of(binary.left(), binary.right());
      case Expr.Aggregate aggregate -> {
        Expr parameter = aggregate.parameter();
        yield parameter == null
            ? List.of(aggregate.inner())
            : List.of(parameter, aggregate.inner());
      }
      case Expr.Call call -> call.arguments();
      case Expr.MatrixSelector matrix -> List.of(matrix.vector());
      case Expr.Subquery subquery -> List.of(subquery.inner());
    };
  }

  private static boolean any(List<Expr> nodes, Predicate<Expr> predicate) {
    return nodes.stream().anyMatch(predicate);
  }

  private static boolean hasAt(Expr expr) {
    return switch (expr) {
      case Expr.VectorSelector selector -> selector.when().at() != null;
      case Expr.Subquery subquery -> subquery.when().at() != null;
      default -> false;
    };
  }

  boolean hasSubquery() {
    return any(nodes, Expr.Subquery.class::isInstance);
  }

  boolean calls(String... names) {
    List<String> wanted = List.of(names);
    return any(
        nodes, node -> node instanceof Expr.Call call && wanted.contains(call.function().name()));
  }

  /// `-x`, or `label_replace(x, ...)`: labels are made anew.
  boolean renames() {
    return any(nodes, node -> node instanceof Expr.Unary unary && unary.minus())
        || calls("label_replace", "label_join");
  }

  /// `rate(x[5m])` or `increase(x[5m])` of what may be native histograms.
  boolean countsHistograms() {
    return any(
        nodes,
        node ->
            node instanceof Expr.Call call
                && (call.function().name().equals("rate")
                    || call.function().name().equals("increase"))
                && any(all(call), QueryTraits::selectsHistograms));
  }

  private static boolean selectsHistograms(Expr expr) {
    return expr instanceof Expr.VectorSelector selector
        && (selector.name().isEmpty() || selector.name().startsWith("nh_"));
  }

  /// `topk(scalar(x @ 1), y)`.
  boolean parameterHasAt() {
    return any(
        nodes,
        node -> {
          Expr parameter = node instanceof Expr.Aggregate a ? a.parameter() : null;
          return parameter != null && any(all(parameter), QueryTraits::hasAt);
        });
  }

  /// `(x @ 1)[5m:] offset 1m`.
  boolean atInMovedSubquery() {
    return any(
        nodes,
        node ->
            node instanceof Expr.Subquery subquery
                && (subquery.when().offset() != null || subquery.when().at() != null)
                && any(all(subquery.inner()), QueryTraits::hasAt));
  }

  /// `timestamp(x @ 1)`.
  boolean timestampOfAt() {
    return any(
        nodes,
        node ->
            node instanceof Expr.Call call
                && call.function().name().equals("timestamp")
                && hasAt(call.arguments().getFirst()));
  }
}
