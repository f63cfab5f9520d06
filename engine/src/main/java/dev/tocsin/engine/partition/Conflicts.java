package dev.tocsin.engine.partition;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.ast.VectorMatching.Cardinality;
import dev.tocsin.promql.data.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Where the evaluation over all series may fail though no part fails. Two elements of one match on
/// the "one" side of an operator are a failure, but an operator does not look at a side where the
/// other is empty; that may be so in their part only. All other failures over all series are
/// failures of a part: they are about elements with the same labels, or of a match that was made,
/// and those are in one part.
///
/// An operator is not among them where its "one" side is known to have at most one element of each
/// match, as in `x / on (job) sum by (job) (y)`.
public final class Conflicts {
  /// Functions that leave the metric's name in place, or have no elements to collide.
  private static final Set<String> NAME_KEPT =
      Set.of(
          "absent",
          "absent_over_time",
          "first_over_time",
          "info",
          "label_join",
          "label_replace",
          "last_over_time",
          "scalar",
          "sort",
          "sort_by_label",
          "sort_by_label_desc",
          "sort_desc",
          "vector");

  private final List<Expr.Binary> found = new ArrayList<>();
  private boolean mayCollide;

  private Conflicts() {}

  /// The operators that may hide one, in the order of the text.
  public static List<Expr.Binary> of(Expr expr) {
    Conflicts conflicts = new Conflicts();
    conflicts.varying(expr);
    return List.copyOf(conflicts.found);
  }

  /// Whether one part may fail where others do not: elements of it that are told apart by their
  /// names, or by a label that is overwritten, may become the same, or several may stand on the
  /// side of an operator where one has to. Over all series the expression fails then.
  public static boolean partsMayFail(Expr expr) {
    Conflicts conflicts = new Conflicts();
    conflicts.varying(expr);
    return conflicts.mayCollide || !conflicts.found.isEmpty();
  }

  private void dropsName(NameSet labels) {
    mayCollide |= labels.contains(Labels.METRIC_NAME);
  }

  /// The labels in which elements of the result may differ; all others are the same in all of them.
  private NameSet varying(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> NameSet.NONE;
      case Expr.Parens parens -> varying(parens.inner());
      case Expr.Unary unary -> {
        NameSet inner = varying(unary.inner());
        if (unary.minus()) {
          dropsName(inner);
        }
        yield inner;
      }
      case VectorSelector selector -> selector(selector);
      case Expr.MatrixSelector matrix -> selector(matrix.vector());
      case Expr.Subquery subquery -> varying(subquery.inner());
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Call call -> call(call);
      case Expr.Binary binary -> binary(binary);
    };
  }

  /// All but those that have to be equal to something.
  private static NameSet selector(VectorSelector selector) {
    return NameSet.allBut(
        selector.matchers().stream()
            .filter(matcher -> matcher.kind() == Matcher.Kind.EQUAL)
            .map(Matcher::name)
            .toList());
  }

  private NameSet aggregate(Expr.Aggregate expr) {
    Expr parameter = expr.parameter();
    if (parameter != null) {
      varying(parameter);
    }
    NameSet inner = varying(expr.inner());
    return switch (expr.op()) {
      case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO -> inner;
      case COUNT_VALUES -> {
        String label = KeyFinder.text(Objects.requireNonNull(parameter));
        yield grouped(expr, inner).union(List.of(label));
      }
      case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR, QUANTILE -> grouped(expr, inner);
    };
  }

  private static NameSet grouped(Expr.Aggregate expr, NameSet inner) {
    return expr.without()
        ? inner.minus(expr.grouping()).minus(List.of(Labels.METRIC_NAME))
        : inner.intersect(expr.grouping());
  }

  private NameSet call(Expr.Call call) {
    List<Expr> arguments = call.arguments();
    NameSet vector = NameSet.NONE;
    for (Expr argument : arguments) {
      NameSet labels = varying(argument);
      if (argument.type() == ValueType.VECTOR || argument.type() == ValueType.MATRIX) {
        vector = vector.union(labels);
      }
    }
    String function = call.function().name();
    if (!NAME_KEPT.contains(function)) {
      dropsName(vector);
    }
    if (function.equals("label_replace") || function.equals("label_join")) {
      mayCollide |= vector.contains(KeyFinder.text(arguments.get(1)));
    }
    return switch (function) {
      case "absent", "absent_over_time", "vector", "scalar" -> NameSet.NONE;
      case "info" -> NameSet.ALL;
      case "label_replace", "label_join", "histogram_quantiles" ->
          vector.union(List.of(KeyFinder.text(arguments.get(1))));
      default -> vector;
    };
  }

  private NameSet binary(Expr.Binary expr) {
    NameSet left = varying(expr.left());
    NameSet right = varying(expr.right());
    VectorMatching matching = expr.matching();
    boolean filters = expr.op().isSet() || (expr.op().isComparison() && !expr.bool());
    if (!filters) {
      dropsName(left.union(right));
    }
    if (matching == null) {
      return left.union(right);
    }
    if (expr.op().isSet()) {
      // What is the same within each side may differ between them.
      return expr.op() == BinaryOp.OR ? NameSet.ALL : left;
    }
    NameSet matched =
        matching.on()
            ? NameSet.only(matching.labels())
            : NameSet.allBut(matching.labels()).minus(List.of(Labels.METRIC_NAME));
    mayCollide |= matching.cardinality() == Cardinality.ONE_TO_ONE && !left.isWithin(matched);
    boolean oneIsLeft = matching.cardinality() == Cardinality.ONE_TO_MANY;
    boolean fills = matching.fillLeft().isPresent() || matching.fillRight().isPresent();
    if (fills) {
      // Then it looks at both sides; and what stands alone comes from either.
      return NameSet.ALL;
    }
    if (!(oneIsLeft ? left : right).isWithin(matched)) {
      found.add(expr);
    }
    return matching.cardinality() == Cardinality.ONE_TO_ONE
        ? left.intersect(matched)
        : (oneIsLeft ? right : left).union(matching.include());
  }
}
