package dev.tocsin.promql.eval;

import dev.tocsin.promql.ast.Expr;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An aggregation that makes one element of each group.
final class AggregateNode implements VectorNode {
  private final Run run;
  private final Timeline timeline;
  private final Expr.Aggregate expr;
  private final VectorNode inner;
  private final @Nullable Parameter parameter;
  private final Grouping grouping;
  private @Nullable Accumulator[] groups = new @Nullable Accumulator[4];
  private boolean[] nameDrops = new boolean[4];
  private final Samples out = new Samples();
  private @Nullable GroupColumns columns;
  private boolean asked;

  /// @param parameter of quantile
  AggregateNode(
      Run run,
      Timeline timeline,
      Expr.Aggregate expr,
      VectorNode inner,
      @Nullable Parameter parameter) {
    this.run = run;
    this.timeline = timeline;
    this.expr = expr;
    this.inner = inner;
    this.parameter = parameter;
    this.grouping = new Grouping(expr.grouping(), expr.without());
  }

  @Override
  public Samples at(long timeMs) {
    double quantile = parameter == null ? 0 : checked(parameter).at(timeMs);
    GroupColumns known = columns();
    if (known != null) {
      out.clear();
      known.fill(out, timeline.stepOf(timeMs), quantile);
      return out;
    }
    Samples in = inner.at(timeMs);
    Arrays.fill(groups, null);
    for (int i = 0; i < in.size(); i++) {
      add(grouping.of(in.labels(i)), in.value(i), in.dropsName(i));
    }
    out.clear();
    for (int group = 0; group < grouping.count(); group++) {
      Accumulator values = group < groups.length ? groups[group] : null;
      if (values != null) {
        out.add(grouping.labels(group), values.result(quantile), nameDrops[group]);
      }
    }
    return out;
  }

  /// Null where the operand cannot be evaluated series by series.
  private @Nullable GroupColumns columns() {
    if (!asked && timeline.isRange() && inner instanceof SeriesMajor series) {
      GroupColumns groups = new GroupColumns(run, expr.op(), grouping, (int) timeline.steps());
      columns = series.forEachSeries(groups) ? groups : null;
    }
    asked = true;
    return columns;
  }

  private void add(int group, double value, boolean dropsName) {
    if (group >= groups.length) {
      int capacity = Math.max(group + 1, groups.length * 2);
      groups = Arrays.copyOf(groups, capacity);
      nameDrops = Arrays.copyOf(nameDrops, capacity);
    }
    Accumulator values = groups[group];
    if (values == null) {
      groups[group] = Accumulator.of(expr.op(), value);
      nameDrops[group] = dropsName;
    } else {
      values.add(value);
      nameDrops[group] |= dropsName;
    }
  }

  private Parameter checked(Parameter quantile) {
    if (quantile.load()) {
      if (quantile.hasNaN()) {
        warnOf(Double.NaN);
      }
      if (quantile.max() > 1) {
        warnOf(quantile.max());
      }
      if (quantile.min() < 0) {
        warnOf(quantile.min());
      }
    }
    return quantile;
  }

  private void warnOf(double quantile) {
    run.notes()
        .warn(Warnings.invalidQuantile(quantile), Objects.requireNonNull(expr.parameter()).span());
  }
}
