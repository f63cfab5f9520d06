package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.eval.window.WindowFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Aggregates series by series: of each group one accumulator a step. Values are added in the order
/// of the series, as they are step by step.
final class GroupColumns implements SeriesVisitor {
  private final Run run;
  private final AggregateOp op;
  private final Grouping grouping;
  private final int steps;
  private final List<Group> groups = new ArrayList<>();

  private static final class Group {
    private final @Nullable Accumulator[] steps;
    private boolean dropsName;

    Group(int steps, boolean dropsName) {
      this.steps = new @Nullable Accumulator[steps];
      this.dropsName = dropsName;
    }
  }

  GroupColumns(Run run, AggregateOp op, Grouping grouping, int steps) {
    this.run = run;
    this.op = op;
    this.grouping = grouping;
    this.steps = steps;
  }

  @Override
  public void visit(Labels labels, boolean dropsName, double[] values) {
    int number = grouping.of(labels);
    if (number == groups.size()) {
      run.hold(steps);
      groups.add(new Group(steps, dropsName));
    }
    Group group = groups.get(number);
    group.dropsName |= dropsName;
    @Nullable Accumulator[] accumulators = group.steps;
    for (int i = 0; i < steps; i++) {
      double value = values[i];
      if (WindowFunction.isNone(value)) {
        continue;
      }
      Accumulator accumulator = accumulators[i];
      if (accumulator == null) {
        accumulators[i] = Accumulator.of(op, value);
      } else {
        accumulator.add(value);
      }
    }
  }

  /// The elements at one step.
  ///
  /// @param parameter of quantile
  void fill(Samples out, int step, double parameter) {
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      Accumulator accumulator = group.steps[step];
      if (accumulator != null) {
        out.add(grouping.labels(i), accumulator.result(parameter), group.dropsName);
      }
    }
  }
}
