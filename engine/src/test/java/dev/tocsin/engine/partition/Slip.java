package dev.tocsin.engine.partition;

import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.ast.VectorMatching;
import java.util.List;
import java.util.Set;

/// A planted bug in the derivation of keys: one rule forgets what it should know. It derives the
/// right key of an expression in which what is forgotten is left out.
enum Slip {
  /// `without(a)` keeps `a`.
  WITHOUT_KEEPS,
  /// `by(a)` keeps the others.
  BY_KEEPS,
  /// `on(a)` keeps the others, `ignoring(a)` keeps `a`.
  MATCHING_KEEPS,
  /// `group_left(a)` keeps `a`.
  INCLUDED_KEPT,
  /// The destination of label_replace and label_join is kept.
  DESTINATION_KEPT,
  /// Histograms keep `le`.
  BUCKET_KEPT,
  /// count_values keeps its label.
  COUNTED_KEPT,
  /// topk and its kind decide about each element.
  RANKING_ALONE,
  /// A scalar made of series is a number.
  SCALAR_IS_A_NUMBER,
  /// absent is a function of elements.
  ABSENT_ALONE,
  /// info completes each element alone.
  INFO_ALONE,
  /// A constant side never matters.
  CONSTANT_IGNORED,
  /// The right side of a set operator never matters.
  RIGHT_IGNORED;

  PartitionKey key(Expr expr) {
    return PartitionKey.of(slipped(expr));
  }

  /// @return the expression without what this slip forgets
  private Expr slipped(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _,
          Expr.StringLiteral _,
          Expr.VectorSelector _,
          Expr.MatrixSelector _ ->
          expr;
      case Expr.Parens parens -> new Expr.Parens(slipped(parens.inner()), parens.span());
      case Expr.Unary unary -> new Expr.Unary(unary.minus(), slipped(unary.inner()), unary.span());
      case Expr.Subquery sub ->
          new Expr.Subquery(slipped(sub.inner()), sub.range(), sub.step(), sub.when(), sub.span());
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Call call -> call(call);
      case Expr.Binary binary -> binary(binary);
    };
  }

  private Expr aggregate(Expr.Aggregate expr) {
    Set<AggregateOp> rankings = Set.of(AggregateOp.TOPK, AggregateOp.BOTTOMK, AggregateOp.LIMITK);
    Expr inner = slipped(expr.inner());
    if (this == RANKING_ALONE && rankings.contains(expr.op())) {
      return inner;
    }
    boolean forgets = this == (expr.without() ? WITHOUT_KEEPS : BY_KEEPS);
    AggregateOp op =
        this == COUNTED_KEPT && expr.op() == AggregateOp.COUNT_VALUES ? AggregateOp.SUM : expr.op();
    Expr parameter = expr.parameter();
    return new Expr.Aggregate(
        op,
        inner,
        op != expr.op() || parameter == null ? null : slipped(parameter),
        forgets ? List.of() : expr.grouping(),
        forgets || expr.without(),
        expr.span());
  }

  private Expr call(Expr.Call call) {
    List<Expr> arguments = call.arguments().stream().map(this::slipped).toList();
    Slip forgetsIt =
        switch (call.function().name()) {
          case "label_replace", "label_join" -> DESTINATION_KEPT;
          case "absent", "absent_over_time" -> ABSENT_ALONE;
          case "info" -> INFO_ALONE;
          default -> null;
        };
    if (this == forgetsIt) {
      return arguments.getFirst();
    }
    if (this == SCALAR_IS_A_NUMBER && call.function().name().equals("scalar")) {
      return new Expr.NumberLiteral(1, false, Span.NONE);
    }
    if (this == BUCKET_KEPT && call.function().name().matches("histogram_(quantile|fraction)")) {
      return arguments.getLast();
    }
    return new Expr.Call(call.function(), arguments, call.span());
  }

  private Expr binary(Expr.Binary expr) {
    Expr left = slipped(expr.left());
    Expr right = slipped(expr.right());
    VectorMatching matching = expr.matching();
    if (matching == null) {
      return new Expr.Binary(expr.op(), left, right, expr.bool(), null, expr.span());
    }
    if (this == CONSTANT_IGNORED && !Leaves.readsSeries(left)) {
      return right;
    }
    boolean ignored = this == RIGHT_IGNORED && expr.op().isSet();
    if (ignored || (this == CONSTANT_IGNORED && !Leaves.readsSeries(right))) {
      return left;
    }
    VectorMatching slipped =
        new VectorMatching(
            matching.cardinality(),
            this == MATCHING_KEEPS ? List.of() : matching.labels(),
            this != MATCHING_KEEPS && matching.on(),
            this == INCLUDED_KEPT ? List.of() : matching.include(),
            matching.fillLeft(),
            matching.fillRight());
    return new Expr.Binary(expr.op(), left, right, expr.bool(), slipped, expr.span());
  }
}
