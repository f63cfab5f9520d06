package dev.tocsin.engine.incremental;

import dev.tocsin.promql.eval.window.WindowFunction;

/// Encloses a function of a range over all windows of a look, which lose samples at their old end
/// and gain some at their new one. One pass over the samples.
final class WindowBounds {
  /// Sums of values below do not overflow.
  private static final double TAME = 1e300;

  private WindowBounds() {}

  static void of(
      WindowKind kind, Span span, double[] scalars, WindowNode node, Bounds out, int at) {
    boolean sure = span.countMin() >= kind.samplesMin();
    byte there = sure ? Bounds.PRESENT : Bounds.MAYBE;
    switch (kind) {
      case RATE, INCREASE, DELTA -> node.enclose(span, out, at, there);
      case INSTANT_PAIR -> pairs(span, node, out, at, there);
      case LAST -> values(span, Math.max(span.from, span.coreTo - 1), span.to, 0, out, at, there);
      case FIRST ->
          values(span, span.from, Math.min(span.coreFrom + 1, span.to), 0, out, at, there);
      case MIN, MAX -> extreme(kind == WindowKind.MAX, span, out, at, there);
      case MEAN -> values(span, span.from, span.to, Intervals.SLACK, out, at, there);
      case QUANTILE -> quantile(span, scalars[0], out, at, there);
      case SUM -> sum(span, out, at, there);
      case COUNT -> out.between(at, there, Math.max(1, span.countMin()), span.countMax(), false);
      case PRESENT -> out.point(at, there, 1);
      case SPREAD, VARIANCE -> spread(kind == WindowKind.SPREAD, span, out, at, there);
      case CHANGES, RESETS -> steps(kind == WindowKind.RESETS, span, out, at, there);
      case SLOPE, PREDICTION -> line(kind, span, scalars, out, at, there);
      case SAMPLE_TIME ->
          out.between(
              at,
              there,
              (double) span.timesMs[span.from] / 1000,
              (double) span.timesMs[span.to - 1] / 1000,
              false);
      case OTHER -> out.anything(at, there);
    }
  }

  /// Between the smallest and the largest of some of the values.
  ///
  /// @param slack by how much, relative to the largest, the evaluator may be off
  private static void values(
      Span span, int from, int to, double slack, Bounds out, int at, byte there) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    boolean nan = false;
    for (int i = from; i < to; i++) {
      double value = span.values[i];
      if (Double.isNaN(value)) {
        nan = true;
      } else {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (slack > 0 && (nan || !(low > -TAME) || !(high < TAME))) {
      out.anything(at, there);
      return;
    }
    double error = slack * Math.max(Math.abs(low), Math.abs(high));
    if (error == 0) {
      out.between(at, there, low, high, nan);
    } else {
      out.between(at, there, low - error, high + error, nan);
    }
  }

  private static void extreme(boolean largest, Span span, Bounds out, int at, byte there) {
    values(span, span.from, span.to, 0, out, at, there);
    for (int i = span.coreFrom; i < span.coreTo; i++) {
      double value = span.values[i];
      if (largest && value > out.lo[at]) {
        out.lo[at] = value;
      } else if (!largest && value < out.hi[at]) {
        out.hi[at] = value;
      }
    }
  }

  private static void quantile(Span span, double q, Bounds out, int at, byte there) {
    if (q >= 0 && q <= 1) {
      values(span, span.from, span.to, Intervals.SLACK, out, at, there);
    } else {
      out.anything(at, there);
    }
  }

  /// The sum of the core, and what those at the ends may add.
  private static void sum(Span span, Bounds out, int at, byte there) {
    double low = 0;
    double high = 0;
    double size = 0;
    for (int i = span.from; i < span.to; i++) {
      double value = span.values[i];
      boolean core = i >= span.coreFrom && i < span.coreTo;
      low += core ? value : Math.min(0, value);
      high += core ? value : Math.max(0, value);
      size += Math.abs(value);
    }
    if (!(size < TAME)) {
      out.anything(at, there);
      return;
    }
    double error = size * span.countMax() * 0x1p-51;
    out.between(at, there, low - error, high + error, false);
  }

  /// At most half of the span of the values, by Popoviciu's inequality.
  private static void spread(boolean root, Span span, Bounds out, int at, byte there) {
    values(span, span.from, span.to, Intervals.SLACK, out, at, there);
    double half = (out.hi[at] - out.lo[at]) / 2;
    if (out.nan[at] || !(half < 1e150)) {
      out.anything(at, there);
      return;
    }
    double variance = half * half * (1 + 1e-9) + Double.MIN_NORMAL;
    out.between(at, there, 0, root ? Math.sqrt(variance) * (1 + 1e-9) : variance, false);
  }

  /// How often a value falls, or changes: in the core at least, in all at most.
  private static void steps(boolean falls, Span span, Bounds out, int at, byte there) {
    int low = 0;
    int high = 0;
    for (int i = span.from + 1; i < span.to; i++) {
      double before = span.values[i - 1];
      double now = span.values[i];
      boolean same = now == before || (Double.isNaN(now) && Double.isNaN(before));
      if (falls ? now < before : !same) {
        high++;
        low += i > span.coreFrom && i < span.coreTo ? 1 : 0;
      }
    }
    out.between(at, there, low, high, false);
  }

  /// Of two neighbours each: those that can be the last two.
  private static void pairs(Span span, WindowNode node, Bounds out, int at, byte there) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    boolean nan = false;
    int end = Math.max(span.from + 2, span.coreTo);
    for (int to = end; to <= span.to; to++) {
      double value = node.value(0, to - 2, to);
      if (Double.isNaN(value) && !WindowFunction.isNone(value)) {
        nan = true;
      } else if (!Double.isNaN(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    out.between(at, there, low, high, nan);
  }

  /// A level line stays level; of others nothing is said.
  private static void line(
      WindowKind kind, Span span, double[] scalars, Bounds out, int at, byte there) {
    boolean level = Math.abs(span.values[span.from]) < Double.POSITIVE_INFINITY;
    for (int i = span.from + 1; level && i < span.to; i++) {
      level = span.values[i] == span.values[span.from];
    }
    if (!level) {
      out.anything(at, there);
    } else if (kind == WindowKind.SLOPE) {
      out.point(at, there, 0);
    } else {
      values(span, span.from, span.to, 0, out, at, there);
      if (!(Math.abs(scalars[0]) < Double.POSITIVE_INFINITY)) {
        out.anything(at, there);
      }
    }
  }
}
