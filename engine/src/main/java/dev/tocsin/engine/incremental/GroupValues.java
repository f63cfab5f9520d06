package dev.tocsin.engine.incremental;

import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.eval.Accumulator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is known of the groups of an aggregation during one look.
final class GroupValues {
  /// Sums of less than that do not overflow on the way.
  private static final double TAME = 1e300;

  private int[] sure = new int[1];
  private int[] possible = new int[1];

  /// Of all that may be there.
  private double[] lows = new double[1];

  private double[] highs = new double[1];

  /// The extremes of those that are there for sure and numbers: the largest of the lower bounds, the
  /// smallest of the upper ones.
  private double[] highestLow = new double[1];

  private double[] lowestHigh = new double[1];

  /// Whether all may be NaN, and whether any may.
  private boolean[] allNan = new boolean[1];

  private boolean[] anyNan = new boolean[1];

  /// Whether every element that may be there is there, and known to the last bit.
  private boolean[] exact = new boolean[1];

  private boolean ordered;

  void gather(Bounds in, int[] groupOf, int groups, boolean isOrdered) {
    clear(groups);
    ordered = isOrdered;
    for (int i = 0; i < in.size; i++) {
      int group = groupOf[i];
      if (!in.isThere(i)) {
        continue;
      }
      boolean present = in.presence[i] == Bounds.PRESENT;
      possible[group]++;
      sure[group] += present ? 1 : 0;
      lows[group] = Math.min(lows[group], in.lo[i]);
      highs[group] = Math.max(highs[group], in.hi[i]);
      if (present && !in.nan[i]) {
        highestLow[group] = Math.max(highestLow[group], in.lo[i]);
        lowestHigh[group] = Math.min(lowestHigh[group], in.hi[i]);
      }
      allNan[group] &= in.nan[i] || !present;
      anyNan[group] |= in.nan[i];
      exact[group] &= present && in.isExact(i);
    }
    for (int group = 0; group < groups; group++) {
      allNan[group] &= anyNan[group];
    }
  }

  private void clear(int groups) {
    if (groups > sure.length) {
      int capacity = Math.max(groups, 2 * sure.length);
      sure = new int[capacity];
      possible = new int[capacity];
      lows = new double[capacity];
      highs = new double[capacity];
      highestLow = new double[capacity];
      lowestHigh = new double[capacity];
      allNan = new boolean[capacity];
      anyNan = new boolean[capacity];
      exact = new boolean[capacity];
    }
    Arrays.fill(sure, 0, groups, 0);
    Arrays.fill(possible, 0, groups, 0);
    Arrays.fill(lows, 0, groups, Double.POSITIVE_INFINITY);
    Arrays.fill(highs, 0, groups, Double.NEGATIVE_INFINITY);
    Arrays.fill(highestLow, 0, groups, Double.NEGATIVE_INFINITY);
    Arrays.fill(lowestHigh, 0, groups, Double.POSITIVE_INFINITY);
    Arrays.fill(allNan, 0, groups, true);
    Arrays.fill(anyNan, 0, groups, false);
    Arrays.fill(exact, 0, groups, true);
  }

  byte presence(int group) {
    if (sure[group] > 0) {
      return Bounds.PRESENT;
    }
    return possible[group] > 0 ? Bounds.MAYBE : Bounds.ABSENT;
  }

  int sure(int group) {
    return sure[group];
  }

  int possible(int group) {
    return possible[group];
  }

  /// The smallest or largest, of numbers where there are any.
  void extreme(boolean largest, int group, Bounds out, byte there) {
    double low = lows[group];
    double high = highs[group];
    if (largest) {
      low = highestLow[group] > Double.NEGATIVE_INFINITY ? highestLow[group] : low;
    } else {
      high = lowestHigh[group] < Double.POSITIVE_INFINITY ? lowestHigh[group] : high;
    }
    out.between(group, there, low, high, allNan[group]);
  }

  /// The compensated sum or the mean.
  void sum(boolean mean, Bounds in, int[] groupOf, int group, Bounds out, byte there) {
    if (exact[group] && (ordered || isInteger(in, groupOf, group))) {
      out.point(group, there, exactSum(mean, in, groupOf, group));
      return;
    }
    boolean tame = lows[group] > -TAME && highs[group] < TAME;
    if (!tame || anyNan[group]) {
      out.anything(group, there);
      return;
    }
    double low = 0;
    double high = 0;
    double size = 0;
    for (int i = 0; i < in.size; i++) {
      if (groupOf[i] == group && in.isThere(i)) {
        boolean present = in.presence[i] == Bounds.PRESENT;
        low += present ? in.lo[i] : Math.min(0, in.lo[i]);
        high += present ? in.hi[i] : Math.max(0, in.hi[i]);
        size += Math.max(Math.abs(in.lo[i]), Math.abs(in.hi[i]));
      }
    }
    // Both the sum here, which is not compensated, and the evaluator's are off by less.
    double error = isInteger(in, groupOf, group) ? 0 : size * possible[group] * 0x1p-51;
    if (!mean) {
      out.between(group, there, low - error, high + error, false);
    } else if (sure[group] == possible[group]) {
      int n = possible[group];
      out.between(
          group,
          there,
          Intervals.lower((low - error) / n),
          Intervals.upper((high + error) / n),
          false);
    } else {
      double slack = size * possible[group] * 0x1p-51;
      out.between(group, there, lows[group] - slack, highs[group] + slack, false);
    }
  }

  /// Whether all bounds are whole numbers and small enough that their sums are exact in any order.
  private boolean isInteger(Bounds in, int[] groupOf, int group) {
    double size = 0;
    for (int i = 0; i < in.size; i++) {
      if (groupOf[i] == group && in.isThere(i)) {
        if (!in.isExact(i) || in.lo[i] != Math.rint(in.lo[i])) {
          return false;
        }
        size += Math.abs(in.lo[i]);
      }
    }
    return size < 0x1p53;
  }

  private double exactSum(boolean mean, Bounds in, int[] groupOf, int group) {
    Accumulator total = accumulated(mean ? AggregateOp.AVG : AggregateOp.SUM, in, groupOf, group);
    return total.result(0);
  }

  /// Allocates no more than the evaluator does: one object for a group.
  private static Accumulator accumulated(
      AggregateOp op, Bounds in, int[] groupOf, int group) {
    Accumulator total = null;
    for (int i = 0; i < in.size; i++) {
      if (groupOf[i] == group && in.isThere(i)) {
        if (total == null) {
          total = Accumulator.of(op, in.value(i));
        } else {
          total.add(in.value(i));
        }
      }
    }
    return total == null ? Accumulator.of(op, Double.NaN) : total;
  }

  /// Standard deviation or variance: at most half the span, by Popoviciu's inequality.
  void spread(boolean root, Bounds in, int[] groupOf, int group, Bounds out, byte there) {
    if (exact[group] && ordered) {
      AggregateOp op = root ? AggregateOp.STDDEV : AggregateOp.STDVAR;
      out.point(group, there, accumulated(op, in, groupOf, group).result(0));
      return;
    }
    double size = Math.max(Math.abs(lows[group]), Math.abs(highs[group]));
    if (anyNan[group] || !(size < 1e150)) {
      out.anything(group, there);
      return;
    }
    double half = (highs[group] - lows[group]) / 2;
    double error = size * possible[group] * 0x1p-50;
    double variance = (half + error) * (half + error) * (1 + 1e-9);
    out.between(group, there, 0, root ? Math.sqrt(variance) * (1 + 1e-9) : variance, false);
  }

  /// Between the smallest and the largest.
  void quantile(
      @Nullable Bounds parameter, Bounds in, int[] groupOf, int group, Bounds out, byte there) {
    boolean known = parameter != null && parameter.isExact(0);
    double q = known && parameter != null ? parameter.value(0) : Double.NaN;
    if (known && exact[group]) {
      out.point(group, there, accumulated(AggregateOp.QUANTILE, in, groupOf, group).result(q));
    } else if (known && q >= 0 && q <= 1 && !anyNan[group] && lows[group] > -TAME && highs[group] < TAME) {
      out.between(
          group, there, Intervals.lower(lows[group]), Intervals.upper(highs[group]), false);
    } else {
      out.anything(group, there);
    }
  }
}
