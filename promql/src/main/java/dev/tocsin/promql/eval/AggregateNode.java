package dev.tocsin.promql.eval;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.eval.window.RemarkTexts;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An aggregation that makes one element of each group.
final class AggregateNode implements VectorNode {
  private final Run run;
  private final Expr.Aggregate expr;
  private final VectorNode inner;
  private final @Nullable Parameter parameter;
  private final Grouping grouping;
  private @Nullable Accumulator[] groups = new @Nullable Accumulator[4];
  private boolean[] nameDrops = new boolean[4];
  private boolean[] seen = new boolean[4];
  private final HistogramGroups histograms;
  private final Samples out = new Samples();

  /// @param parameter of quantile
  AggregateNode(Run run, Expr.Aggregate expr, VectorNode inner, @Nullable Parameter parameter) {
    this.run = run;
    this.expr = expr;
    this.inner = inner;
    this.parameter = parameter;
    this.grouping = new Grouping(expr.grouping(), expr.without());
    boolean mean = expr.op() == AggregateOp.AVG;
    this.histograms =
        new HistogramGroups(mean, run.notes(), Planner.unwrapped(expr.inner()).span());
  }

  @Override
  public Samples at(long timeMs) {
    double quantile = parameter == null ? 0 : checked(parameter).at(timeMs);
    Samples in = inner.at(timeMs);
    Arrays.fill(groups, null);
    Arrays.fill(seen, false);
    if (in.hasHistograms()) {
      addMixed(in);
    } else {
      for (int i = 0; i < in.size(); i++) {
        add(grouping.of(in.labels(i)), in.value(i), in.dropsName(i));
      }
    }
    out.clear();
    for (int group = 0; group < grouping.count() && group < groups.length; group++) {
      Accumulator values = groups[group];
      if (in.hasHistograms() && histograms.has(group)) {
        FloatHistogram result = histograms.result(group, values != null);
        if (result != null) {
          out.add(grouping.labels(group), result, nameDrops[group]);
        }
      } else if (values != null) {
        out.add(grouping.labels(group), values.result(quantile), nameDrops[group]);
      }
    }
    return out;
  }

  private void add(int group, double value, boolean dropsName) {
    see(group, dropsName);
    Accumulator values = groups[group];
    if (values == null) {
      groups[group] = Accumulator.of(expr.op(), value);
    } else {
      values.add(value);
    }
  }

  private void see(int group, boolean dropsName) {
    if (group >= groups.length) {
      int capacity = Math.max(group + 1, groups.length * 2);
      groups = Arrays.copyOf(groups, capacity);
      nameDrops = Arrays.copyOf(nameDrops, capacity);
      seen = Arrays.copyOf(seen, capacity);
    }
    nameDrops[group] = dropsName || (seen[group] && nameDrops[group]);
    seen[group] = true;
  }

  private void addMixed(Samples in) {
    histograms.clear();
    for (int i = 0; i < in.size(); i++) {
      int group = grouping.of(in.labels(i));
      FloatHistogram histogram = in.histogram(i);
      if (histogram != null) {
        addHistogram(group, histogram, in, i);
      } else if (!histograms.isIncompatible(group)) {
        add(group, in.value(i), in.dropsName(i));
      }
    }
  }

  private void addHistogram(int group, FloatHistogram histogram, Samples in, int index) {
    switch (expr.op()) {
      case COUNT, GROUP -> add(group, 1, in.dropsName(index));
      case SUM, AVG -> {
        see(group, in.dropsName(index));
        boolean afterFloats = groups[group] != null;
        histograms.add(group, histogram, afterFloats, in.labels(index).metricName());
      }
      case MIN, MAX, STDDEV, STDVAR, QUANTILE ->
          run.notes()
              .inform(
                  RemarkTexts.ignoredInAggregation(expr.op().word()),
                  Planner.unwrapped(expr.inner()).span());
      case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO, COUNT_VALUES ->
          throw new IllegalStateException("keeps elements: " + expr.op());
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
        .warn(
            Warnings.invalidQuantile(quantile),
            Planner.unwrapped(Objects.requireNonNull(expr.parameter())).span());
  }
}
