package dev.tocsin.engine.partition;

import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.ast.VectorMatching.Cardinality;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Derives the partition key of an expression from those of its parts. Each rule says why it holds;
/// `PartitionKeyTest` tries them all. What no rule is known for has the empty key.
///
/// A part that reads no series ("constant") is the same in every partition. Where it filters or
/// completes the other side it does not narrow the key; where its own elements could be in the
/// result, they would be in that of every partition, so the key is empty.
final class KeyFinder {
  private static final String BUCKET = "le";

  private KeyFinder() {}

  static PartitionKey key(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> PartitionKey.NONE;
      case Expr.Parens parens -> key(parens.inner());
      case Expr.Unary unary -> key(unary.inner());
      // Whatever the time modifiers are, each series is looked at alone.
      case Expr.VectorSelector _, Expr.MatrixSelector _ -> PartitionKey.ALL;
      // Each step is an evaluation, and their results are put together by labels.
      case Expr.Subquery subquery -> key(subquery.inner());
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Call call -> call(call);
      case Expr.Binary binary -> binary(binary);
    };
  }

  /// Groups that differ in a label they are made by are made of different series.
  private static PartitionKey aggregate(Expr.Aggregate expr) {
    Expr parameter = expr.parameter();
    if (parameter != null && Leaves.readsSeries(parameter)) {
      return PartitionKey.NONE;
    }
    PartitionKey inner = key(expr.inner());
    if (expr.op() == AggregateOp.LIMIT_RATIO) {
      // The hash of its own labels decides whether an element stays.
      return inner;
    }
    PartitionKey grouped =
        expr.without() ? inner.minus(expr.grouping()) : inner.intersect(expr.grouping());
    if (expr.op() == AggregateOp.COUNT_VALUES) {
      return grouped.minus(List.of(text(Objects.requireNonNull(parameter))));
    }
    return grouped;
  }

  private static PartitionKey call(Expr.Call call) {
    List<Expr> arguments = call.arguments();
    return switch (call.function().name()) {
      // Their result is there where nothing is.
      case "absent", "absent_over_time", "vector" -> PartitionKey.NONE;
      // How many elements there are decides.
      case "scalar" -> PartitionKey.NONE;
      // Whether an element without `instance` is completed depends on whether others have one.
      case "info" -> PartitionKey.NONE;
      case "label_replace", "label_join" -> ofVector(call).minus(List.of(text(arguments.get(1))));
      case "histogram_quantile", "histogram_fraction" -> ofVector(call).minus(List.of(BUCKET));
      case "histogram_quantiles" -> ofVector(call).minus(List.of(BUCKET, text(arguments.get(1))));
      // Element by element, or series by series.
      default -> ofVector(call);
    };
  }

  /// The key of the only vector or matrix among the arguments; the others are the same in every
  /// partition, or there is no key. Empty where there is no such argument.
  private static PartitionKey ofVector(Expr.Call call) {
    PartitionKey key = PartitionKey.NONE;
    for (Expr argument : call.arguments()) {
      if (argument.type() == ValueType.VECTOR || argument.type() == ValueType.MATRIX) {
        key = key(argument);
      } else if (Leaves.readsSeries(argument)) {
        return PartitionKey.NONE;
      }
    }
    return key;
  }

  /// Of an argument that is a text.
  static String text(Expr expr) {
    return expr instanceof Expr.Parens parens
        ? text(parens.inner())
        : ((Expr.StringLiteral) expr).value();
  }

  private static PartitionKey binary(Expr.Binary expr) {
    Expr left = expr.left();
    Expr right = expr.right();
    boolean leftScalar = left.type() == ValueType.SCALAR;
    if (leftScalar || right.type() == ValueType.SCALAR) {
      boolean whole = Leaves.readsSeries(leftScalar ? left : right);
      return whole ? PartitionKey.NONE : key(leftScalar ? right : left);
    }
    VectorMatching written = expr.matching();
    VectorMatching matching = written == null ? VectorMatching.DEFAULT : written;
    boolean readsLeft = Leaves.readsSeries(left);
    boolean readsRight = Leaves.readsSeries(right);
    if (readsLeft && readsRight) {
      return bothSides(expr, matching);
    }
    if (!readsLeft && !readsRight) {
      return PartitionKey.NONE;
    }
    return expr.op().isSet()
        ? filter(expr, readsRight)
        : completed(key(readsLeft ? left : right), matching, readsLeft);
  }

  /// What meets has the same values of all labels it is matched by, so it is in the same partition,
  /// as is the result, which keeps them. An element without a partner in its partition has none
  /// elsewhere. What `group_left` and `group_right` bring are other labels, or the same values.
  private static PartitionKey bothSides(Expr.Binary expr, VectorMatching matching) {
    return matched(key(expr.left()).intersect(key(expr.right())), matching);
  }

  private static PartitionKey matched(PartitionKey key, VectorMatching matching) {
    return matching.on() ? key.intersect(matching.labels()) : key.minus(matching.labels());
  }

  /// `and` and `unless` with a constant right side look at each element of the left alone.
  private static PartitionKey filter(Expr.Binary expr, boolean constantLeft) {
    Set<BinaryOp> filters = Set.of(BinaryOp.AND, BinaryOp.UNLESS);
    return filters.contains(expr.op()) && !constantLeft ? key(expr.left()) : PartitionKey.NONE;
  }

  /// Operators with a constant side look at each element of the other alone, as long as the
  /// constant one is not filled up where the other has nothing, and does not give the labels.
  private static PartitionKey completed(
      PartitionKey key, VectorMatching matching, boolean constantRight) {
    boolean standsAlone =
        constantRight ? matching.fillLeft().isPresent() : matching.fillRight().isPresent();
    Cardinality constantMany = constantRight ? Cardinality.ONE_TO_MANY : Cardinality.MANY_TO_ONE;
    if (standsAlone || matching.cardinality() == constantMany) {
      return PartitionKey.NONE;
    }
    PartitionKey kept =
        matching.cardinality() == Cardinality.ONE_TO_ONE ? matched(key, matching) : key;
    // These come from the constant side.
    return kept.minus(matching.include());
  }
}
