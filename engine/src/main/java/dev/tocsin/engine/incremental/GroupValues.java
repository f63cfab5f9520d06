package dev.tocsin.engine.incremental;

import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.eval.Accumulator;
import org.jspecify.annotations.Nullable;

/// What is known of one group of an aggregation. Reused, group after group.
final class GroupValues {
  /// Sums of less than that do not overflow on the way.
  private static final double TAME = 1e300;

  /// Beyond the rounding errors of two sums, of each sum of n terms relative to n times their size.
  private static final double SUM_ERROR = 0x1p-51;

  private Bounds in = new Bounds();
  private int[] elements = {};
  private int from;
  private int to;

  /// Whether the evaluator adds in this order.
  private boolean ordered;

  private int sure;
  private int possible;

  /// Of all that may be there.
  private double lowest;

  private double highest;

  /// Of those that are there for sure and numbers: the largest of the lower bounds, the smallest of
  /// the upper ones.
  private double highestLow;

  private double lowestHigh;

  /// Whether all may be NaN, and whether any may.
  private boolean allNan;

  private boolean anyNan;

  /// Whether every element that may be there is there, and known to the last bit.
  private boolean exact;

  /// Whether all are known whole numbers, and small enough that sums are exact in any order.
  private boolean whole;

  void gather(Bounds bounds, int[] elementsOfAll, int start, int end, boolean inOrder) {
    in = bounds;
    elements = elementsOfAll;
    from = start;
    to = end;
    ordered = inOrder;
    clear();
    double size = 0;
    for (int at = from; at < to; at++) {
      int i = elements[at];
      if (!in.isThere(i)) {
        continue;
      }
      boolean present = in.presence[i] == Bounds.PRESENT;
      possible++;
      sure += present ? 1 : 0;
      lowest = Math.min(lowest, in.lo[i]);
      highest = Math.max(highest, in.hi[i]);
      if (present && !in.nan[i]) {
        highestLow = Math.max(highestLow, in.lo[i]);
        lowestHigh = Math.min(lowestHigh, in.hi[i]);
      }
      allNan &= in.nan[i] || !present;
      anyNan |= in.nan[i];
      boolean known = in.isExact(i);
      exact &= present && known;
      whole &= known && in.lo[i] == Math.rint(in.lo[i]);
      size += Math.abs(in.lo[i]);
    }
    allNan &= anyNan;
    whole &= size < 0x1p53;
  }

  private void clear() {
    sure = 0;
    possible = 0;
    lowest = Double.POSITIVE_INFINITY;
    highest = Double.NEGATIVE_INFINITY;
    highestLow = Double.NEGATIVE_INFINITY;
    lowestHigh = Double.POSITIVE_INFINITY;
    allNan = true;
    anyNan = false;
    exact = true;
    whole = true;
  }

  byte presence() {
    if (sure > 0) {
      return Bounds.PRESENT;
    }
    return possible > 0 ? Bounds.MAYBE : Bounds.ABSENT;
  }

  int sure() {
    return sure;
  }

  int possible() {
    return possible;
  }

  /// The smallest or largest, of numbers where there are any.
  void extreme(boolean largest, Bounds out, int at) {
    double low = largest && highestLow > Double.NEGATIVE_INFINITY ? highestLow : lowest;
    double high = !largest && lowestHigh < Double.POSITIVE_INFINITY ? lowestHigh : highest;
    out.between(at, presence(), low, high, allNan);
  }

  /// The compensated sum or the mean.
  void sum(boolean mean, Bounds out, int at) {
    if (exact && (ordered || whole)) {
      out.point(at, presence(), exactSum(mean));
      return;
    }
    if (anyNan || !(lowest > -TAME) || !(highest < TAME)) {
      out.anything(at, presence());
      return;
    }
    double low = 0;
    double high = 0;
    double size = 0;
    for (int k = from; k < to; k++) {
      int i = elements[k];
      if (in.isThere(i)) {
        boolean present = in.presence[i] == Bounds.PRESENT;
        low += present ? in.lo[i] : Math.min(0, in.lo[i]);
        high += present ? in.hi[i] : Math.max(0, in.hi[i]);
        size += Math.max(Math.abs(in.lo[i]), Math.abs(in.hi[i]));
      }
    }
    double error = size * possible * SUM_ERROR;
    if (!mean) {
      double slack = whole ? 0 : error;
      out.between(at, presence(), low - slack, high + slack, false);
    } else if (sure == possible) {
      double least = Intervals.lower((low - error) / sure);
      out.between(at, presence(), least, Intervals.upper((high + error) / sure), false);
    } else {
      out.between(at, presence(), lowest - error, highest + error, false);
    }
  }

  /// The evaluator's steps.
  private double exactSum(boolean mean) {
    double sum = 0;
    double compensation = 0;
    boolean first = true;
    for (int k = from; k < to; k++) {
      int i = elements[k];
      if (!in.isThere(i)) {
        continue;
      }
      double term = in.value(i);
      if (first) {
        sum = term;
        first = false;
        continue;
      }
      double next = sum + term;
      compensation += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
      sum = next;
    }
    if (!(Math.abs(sum + compensation) < Double.POSITIVE_INFINITY)) {
      return accumulated(mean ? AggregateOp.AVG : AggregateOp.SUM, 0);
    }
    return mean ? sum / possible + compensation / possible : sum + compensation;
  }

  private double accumulated(AggregateOp op, double parameter) {
    Accumulator total = null;
    for (int k = from; k < to; k++) {
      int i = elements[k];
      if (in.isThere(i)) {
        if (total == null) {
          total = Accumulator.of(op, in.value(i));
        } else {
          total.add(in.value(i));
        }
      }
    }
    return total == null ? Double.NaN : total.result(parameter);
  }

  /// Standard deviation or variance: at most half the span, by Popoviciu's inequality.
  void spread(boolean root, Bounds out, int at) {
    if (exact && ordered) {
      AggregateOp op = root ? AggregateOp.STDDEV : AggregateOp.STDVAR;
      out.point(at, presence(), accumulated(op, 0));
      return;
    }
    double size = Math.max(Math.abs(lowest), Math.abs(highest));
    if (anyNan || !(size < 1e150)) {
      out.anything(at, presence());
      return;
    }
    double half = (highest - lowest) / 2 + size * possible * 2 * SUM_ERROR;
    double variance = half * half * (1 + 1e-9);
    double high = root ? Math.sqrt(variance) * (1 + 1e-9) : variance;
    out.between(at, presence(), 0, high, false);
  }

  /// Between the smallest and the largest.
  void quantile(@Nullable Bounds parameter, Bounds out, int at) {
    boolean known = parameter != null && parameter.isExact(0);
    double q = parameter != null && known ? parameter.value(0) : Double.NaN;
    if (known && exact) {
      out.point(at, presence(), accumulated(AggregateOp.QUANTILE, q));
    } else if (q >= 0 && q <= 1 && !anyNan && lowest > -TAME && highest < TAME) {
      double least = Intervals.lower(lowest);
      out.between(at, presence(), least, Intervals.upper(highest), false);
    } else {
      out.anything(at, presence());
    }
  }
}
