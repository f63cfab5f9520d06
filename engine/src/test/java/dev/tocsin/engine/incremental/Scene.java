package dev.tocsin.engine.incremental;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.store.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Series in memory: one partition of one rule, and what the evaluator reads.
final class Scene implements Windows, SeriesSource {
  private final List<Series> all = new ArrayList<>();
  private final List<VectorSelector> selectors = new ArrayList<>();

  /// Of each selector.
  private final List<List<Series>> members = new ArrayList<>();

  /// By how much the old end of a window is wrong: a planted mistake.
  private final long tooEarlyMs;

  private static final class Series {
    final Labels labels;
    long[] timesMs = new long[64];
    double[] values = new double[64];
    int count;

    Series(Labels labels) {
      this.labels = labels;
    }

    Samples between(long minMs, long maxMs) {
      int from = 0;
      while (from < count && timesMs[from] < minMs) {
        from++;
      }
      int to = from;
      while (to < count && timesMs[to] <= maxMs) {
        to++;
      }
      return new Samples(timesMs, values, from, to);
    }
  }

  Scene(Expr expr) {
    this(expr, 0);
  }

  Scene(Expr expr, long tooEarlyMs) {
    this.tooEarlyMs = tooEarlyMs;
    find(expr);
    selectors.forEach(_ -> members.add(new ArrayList<>()));
  }

  private void find(Expr expr) {
    switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> {}
      case Expr.Parens parens -> find(parens.inner());
      case Expr.Unary unary -> find(unary.inner());
      case Expr.Binary binary -> {
        find(binary.left());
        find(binary.right());
      }
      case Expr.Aggregate aggregate -> {
        Expr parameter = aggregate.parameter();
        if (parameter != null) {
          find(parameter);
        }
        find(aggregate.inner());
      }
      case Expr.Call call -> call.arguments().forEach(this::find);
      case VectorSelector selector -> selectors.add(selector);
      case Expr.MatrixSelector matrix -> find(matrix.vector());
      case Expr.Subquery subquery -> find(subquery.inner());
    }
  }

  private static boolean accepts(List<Matcher> matchers, Labels labels) {
    return matchers.stream().allMatch(matcher -> matcher.accepts(labels));
  }

  void add(Labels labels, long timeMs, double value) {
    Series series = series(labels);
    if (series.count == series.timesMs.length) {
      series.timesMs = Arrays.copyOf(series.timesMs, series.count * 2);
      series.values = Arrays.copyOf(series.values, series.count * 2);
    }
    series.timesMs[series.count] = timeMs;
    series.values[series.count++] = value;
  }

  private Series series(Labels labels) {
    for (Series series : all) {
      if (series.labels.equals(labels)) {
        return series;
      }
    }
    Series series = new Series(labels);
    all.add(series);
    for (int leaf = 0; leaf < selectors.size(); leaf++) {
      if (accepts(selectors.get(leaf).matchers(), labels)) {
        members.get(leaf).add(series);
      }
    }
    return series;
  }

  @Override
  public int members(int leaf) {
    return members.get(leaf).size();
  }

  @Override
  public Labels labels(int leaf, int member) {
    return members.get(leaf).get(member).labels;
  }

  @Override
  public boolean hasHistograms(int leaf, int member) {
    return false;
  }

  @Override
  public long lastTimeMs(int leaf, int member) {
    Series series = members.get(leaf).get(member);
    return series.count == 0 ? Long.MIN_VALUE : series.timesMs[series.count - 1];
  }

  @Override
  public double lastValue(int leaf, int member) {
    Series series = members.get(leaf).get(member);
    return series.count == 0 ? Double.NaN : series.values[series.count - 1];
  }

  @Override
  public Samples lend(int leaf, int member, long minMs, long maxMs) {
    return members.get(leaf).get(member).between(minMs - tooEarlyMs, maxMs);
  }

  @Override
  public List<SeriesData> select(List<Matcher> matchers, long minTimeMs, long maxTimeMs) {
    List<SeriesData> found = new ArrayList<>();
    for (Series series : all) {
      if (accepts(matchers, series.labels)) {
        Samples samples = series.between(minTimeMs, maxTimeMs);
        if (samples.count() > 0) {
          found.add(
              new SeriesData(
                  series.labels,
                  samples.timesMs(),
                  samples.values(),
                  samples.from(),
                  samples.to()));
        }
      }
    }
    return found;
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (Series series : all) {
      out.append(series.labels);
      for (int i = Math.max(0, series.count - 30); i < series.count; i++) {
        out.append(' ').append(series.values[i]).append('@').append(series.timesMs[i]);
      }
      out.append('\n');
    }
    return out.toString();
  }
}
