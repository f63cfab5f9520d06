package dev.tocsin.engine.incremental;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.ast.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An aggregation that makes one element of each group. Where all elements of a group are known to
/// the last bit, and their order too, it does what the evaluator does; else it bounds what the
/// evaluator can get in any order.
final class GroupNode implements Node {
  private final AggregateOp op;
  private final Node inner;

  /// Of quantile.
  private final @Nullable Node parameter;

  private final List<String> names;
  private final boolean without;
  private final int slot;
  private final Bounds bounds = new Bounds();
  private final GroupValues values = new GroupValues();

  /// @param slot the first of two in the topology: the group of each element; how many groups, and
  ///   whether the order is known (1)
  GroupNode(Expr.Aggregate expr, Node inner, @Nullable Node parameter, int slot) {
    this.op = expr.op();
    this.inner = inner;
    this.parameter = parameter;
    this.without = expr.without();
    this.slot = slot;
    List<String> all = new ArrayList<>(expr.grouping());
    if (without) {
      all.add(Labels.METRIC_NAME);
    }
    this.names = List.copyOf(all);
  }

  @Override
  public Shape shape(ShapeBuilder builder) {
    if (parameter != null) {
      parameter.shape(builder);
    }
    Shape shape = inner.shape(builder);
    Map<Labels, Integer> numbers = ShapeBuilder.numbering();
    List<Labels> groups = new ArrayList<>();
    int[] groupOf = new int[shape.size()];
    for (int i = 0; i < groupOf.length; i++) {
      Labels labels = shape.elements().get(i);
      Labels group = without ? labels.without(names) : labels.only(names);
      groupOf[i] = ShapeBuilder.number(numbers, group);
      if (groupOf[i] == groups.size()) {
        groups.add(group);
      }
    }
    builder.put(slot, groupOf);
    builder.put(slot + 1, new int[] {groups.size(), shape.ordered() ? 1 : 0});
    // The evaluator numbers groups as it meets them: which is first depends on who is there.
    return new Shape(groups, groups.size() <= 1);
  }

  @Override
  public Bounds at(Look look) {
    Bounds quantile = parameter == null ? null : parameter.at(look);
    Bounds in = inner.at(look);
    int[] groupOf = look.ints(slot);
    int[] header = look.ints(slot + 1);
    bounds.resized(header[0]);
    values.gather(in, groupOf, header[0], header[1] == 1);
    for (int group = 0; group < header[0]; group++) {
      byte there = values.presence(group);
      if (there == Bounds.ABSENT) {
        bounds.absent(group);
      } else {
        result(in, groupOf, group, there, quantile);
      }
    }
    return bounds;
  }

  private void result(
      Bounds in, int[] groupOf, int group, byte there, @Nullable Bounds quantile) {
    switch (op) {
      case COUNT ->
          bounds.between(
              group, there, Math.max(1, values.sure(group)), values.possible(group), false);
      case GROUP -> bounds.point(group, there, 1);
      case MIN, MAX -> values.extreme(op == AggregateOp.MAX, group, bounds, there);
      case SUM, AVG -> values.sum(op == AggregateOp.AVG, in, groupOf, group, bounds, there);
      case STDDEV, STDVAR ->
          values.spread(op == AggregateOp.STDDEV, in, groupOf, group, bounds, there);
      case QUANTILE -> values.quantile(quantile, in, groupOf, group, bounds, there);
      case TOPK, BOTTOMK, COUNT_VALUES, LIMITK, LIMIT_RATIO ->
          throw new IllegalStateException("keeps elements: " + op);
    }
  }
}
