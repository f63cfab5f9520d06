package dev.tocsin.engine.partition;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import dev.tocsin.promql.ast.Expr.WindowMode;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.ast.TimeModifier;
import dev.tocsin.promql.data.Matcher;
import java.util.ArrayList;
import java.util.List;

/// Where an expression reads series: its selectors, those of ranges, subqueries and parameters
/// included, in the order of its text. What `info` reads is among them as it is read: with the
/// metric name, `target_info` where none is asked for.
///
/// Series that none of these accept can change nothing in the result.
public final class Leaves {
  private static final Matcher TARGET_INFO = Matcher.equal(Labels.METRIC_NAME, "target_info");
  private static final Matcher ANY_INFO =
      new Matcher(Matcher.Kind.REGEX, Labels.METRIC_NAME, ".+_info");

  private final List<VectorSelector> found = new ArrayList<>();

  private Leaves() {}

  public static List<VectorSelector> of(Expr expr) {
    Leaves leaves = new Leaves();
    leaves.visit(expr);
    return List.copyOf(leaves.found);
  }

  /// Otherwise the expression is the same whatever the series are.
  static boolean readsSeries(Expr expr) {
    return !of(expr).isEmpty();
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
      case Expr.Call call when call.function().name().equals("info") -> {
        visit(call.arguments().getFirst());
        found.add(info(call));
      }
      case Expr.Call call -> call.arguments().forEach(this::visit);
      case VectorSelector selector -> found.add(selector);
      case Expr.MatrixSelector matrix -> visit(matrix.vector());
      case Expr.Subquery subquery -> visit(subquery.inner());
    }
  }

  /// Only the matchers of the second argument count. Source: Prometheus, promql/info.go.
  private static VectorSelector info(Expr.Call call) {
    List<Matcher> matchers = new ArrayList<>();
    if (call.arguments().size() > 1) {
      Expr asked = call.arguments().get(1);
      while (asked instanceof Expr.Parens parens) {
        asked = parens.inner();
      }
      matchers.addAll(((VectorSelector) asked).matchers());
    }
    List<Matcher> names =
        matchers.stream().filter(matcher -> matcher.name().equals(Labels.METRIC_NAME)).toList();
    if (names.isEmpty()) {
      matchers.addFirst(TARGET_INFO);
    } else if (names.stream().noneMatch(Leaves::isPositive)) {
      matchers.addFirst(ANY_INFO);
    }
    return new VectorSelector("", matchers, TimeModifier.NONE, WindowMode.PLAIN, Span.NONE);
  }

  private static boolean isPositive(Matcher matcher) {
    return matcher.kind() == Matcher.Kind.EQUAL || matcher.kind() == Matcher.Kind.REGEX;
  }
}
