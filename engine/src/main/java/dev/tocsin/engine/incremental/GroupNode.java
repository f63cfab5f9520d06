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

  /// @param slot the first of three in the topology: the elements, group by group; where each group
  ///   starts among them, and the end; whether the order is known (1)
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
    int[] starts = new int[groups.size() + 1];
    int[] elements = new int[groupOf.length];
    int count = 0;
    for (int group = 0; group < groups.size(); group++) {
      for (int i = 0; i < groupOf.length; i++) {
        if (groupOf[i] == group) {
          elements[count++] = i;
        }
      }
      starts[group + 1] = count;
    }
    builder.put(slot, elements);
    builder.put(slot + 1, starts);
    builder.put(slot + 2, new int[] {shape.ordered() ? 1 : 0});
    // The evaluator numbers groups as it meets them: which is first depends on who is there.
    return new Shape(groups, groups.size() <= 1);
  }

  @Override
  public Bounds at(Look look) {
    Bounds quantile = parameter == null ? null : parameter.at(look);
    Bounds in = inner.at(look);
    int[] elements = look.ints(slot);
    int[] starts = look.ints(slot + 1);
    boolean ordered = look.ints(slot + 2)[0] == 1;
    bounds.resized(starts.length - 1);
    for (int group = 0; group < bounds.size; group++) {
      values.gather(in, elements, starts[group], starts[group + 1], ordered);
      byte there = values.presence();
      if (there == Bounds.ABSENT) {
        bounds.absent(group);
      } else {
        result(group, there, quantile);
      }
    }
    return bounds;
  }

  private void result(int group, byte there, @Nullable Bounds quantile) {
    switch (op) {
      case COUNT ->
          bounds.between(group, there, Math.max(1, values.sure()), values.possible(), false);
      case GROUP -> bounds.point(group, there, 1);
      case MIN, MAX -> values.extreme(op == AggregateOp.MAX, bounds, group);
      case SUM, AVG -> values.sum(op == AggregateOp.AVG, bounds, group);
      case STDDEV, STDVAR -> values.spread(op == AggregateOp.STDDEV, bounds, group);
      case QUANTILE -> values.quantile(quantile, bounds, group);
      case TOPK, BOTTOMK, COUNT_VALUES, LIMITK, LIMIT_RATIO ->
          throw new IllegalStateException("keeps elements: " + op);
    }
  }
}
