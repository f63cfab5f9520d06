package dev.tocsin.engine.incremental;

/// rate, increase and delta while the window holds the same samples. What is extended to the start
/// of the range shrinks by a second a second, what is extended to its end grows alike, and each is
/// cut off somewhere: between the cuts the value is linear in time, and where neither side is cut it
/// stands still. Source of the rules: Prometheus 3.14, extrapolatedRate; the same steps in the same
/// order, so that at one moment the value is the evaluator's to the last bit.
final class Extrapolated {
  private final boolean counter;
  private final boolean perSecond;
  private final long rangeMs;
  private final double rangeSeconds;

  private double raw;
  private double first;
  private long firstMs;
  private long lastMs;
  private double sampled;
  private double average;
  private double threshold;

  Extrapolated(WindowKind kind, long rangeMs) {
    this.counter = kind != WindowKind.DELTA;
    this.perSecond = kind == WindowKind.RATE;
    this.rangeMs = rangeMs;
    long seconds = rangeMs / 1000;
    long nanos = rangeMs % 1000 * 1_000_000;
    this.rangeSeconds = (double) seconds + (double) nanos / 1e9;
  }

  /// @param endMs the end of the range at the first time of the look
  /// @param laterMs its end at the last
  void of(Span span, long endMs, long laterMs, Bounds out, int at) {
    load(span);
    double now = raw * factor(endMs);
    if (endMs == laterMs) {
      out.point(at, Bounds.PRESENT, now);
      return;
    }
    if (raw == 0 || !(Math.abs(raw) < Double.POSITIVE_INFINITY)) {
      out.point(at, Bounds.PRESENT, now); // times any factor the same
      return;
    }
    double low;
    double high;
    if (cuts(endMs) == cuts(laterMs)) {
      double later = raw * factor(laterMs);
      low = Math.min(now, later);
      high = Math.max(now, later);
    } else {
      double a = raw * scaled(sampled + startMin(laterMs) + endMin(endMs, laterMs));
      double b = raw * scaled(sampled + startMax(endMs) + endMax(laterMs));
      low = Math.min(a, b);
      high = Math.max(a, b);
    }
    out.between(at, Bounds.PRESENT, Intervals.lower(low), Intervals.upper(high), false);
  }

  private void load(Span span) {
    first = span.values[span.from];
    firstMs = span.timesMs[span.from];
    lastMs = span.timesMs[span.to - 1];
    raw = counter ? increase(span.values, span.from, span.to) : span.values[span.to - 1] - first;
    int intervals = span.to - span.from - 1;
    sampled = (double) (lastMs - firstMs) / 1000;
    average = sampled / intervals;
    threshold = average * 1.1;
  }

  /// The last value less the first, plus what was lost at each reset, in order of time.
  static double increase(double[] values, int from, int to) {
    double increase = values[to - 1] - values[from];
    double before = values[from];
    for (int i = from + 1; i < to; i++) {
      double value = values[i];
      if (value < before) {
        increase += before;
      }
      before = value;
    }
    return increase;
  }

  /// Over all windows: what is extended to either side is less than 1.1 intervals between samples,
  /// so that with n of them the sum is multiplied by 1 to 1 + 2.2 / (n - 1). A counter from zero on
  /// rises in a window by no more than in all together, and no less than in the core.
  void enclose(Span span, Bounds out, int at, byte there) {
    int least = Math.max(2, span.countMin());
    double most = 1 + 2.2 / (least - 1);
    double low;
    double high;
    if (!span.isFinite()) {
      out.anything(at, there);
      return;
    }
    if (counter) {
      boolean negative = false;
      double largest = 0;
      int falls = 0;
      for (int i = span.from; i < span.to; i++) {
        negative |= span.values[i] < 0;
        largest = Math.max(largest, span.values[i]);
        falls += i > span.from && span.values[i] < span.values[i - 1] ? 1 : 0;
      }
      if (negative || largest > 1e300) {
        out.anything(at, there);
        return;
      }
      // Without a reset there is one subtraction, and that is monotone.
      double error = falls == 0 ? 0 : largest * (falls + 2) * (falls + 2) * 0x1p-51;
      low = span.countMin() < 2 ? 0 : increase(span.values, span.coreFrom, span.coreTo) - error;
      high = increase(span.values, span.from, span.to) + error;
    } else {
      double largestFirst = Double.NEGATIVE_INFINITY;
      double smallestFirst = Double.POSITIVE_INFINITY;
      double largestLast = Double.NEGATIVE_INFINITY;
      double smallestLast = Double.POSITIVE_INFINITY;
      for (int i = span.from; i < span.to; i++) {
        if (i <= span.coreFrom) {
          largestFirst = Math.max(largestFirst, span.values[i]);
          smallestFirst = Math.min(smallestFirst, span.values[i]);
        }
        if (i >= span.coreTo - 1) {
          largestLast = Math.max(largestLast, span.values[i]);
          smallestLast = Math.min(smallestLast, span.values[i]);
        }
      }
      low = smallestLast - largestFirst;
      high = largestLast - smallestFirst;
    }
    scale(low, high, most, out, at, there);
  }

  private void scale(double low, double high, double most, Bounds out, int at, byte there) {
    double unit = perSecond ? 1 / rangeSeconds : 1;
    if (low == 0 && high == 0) {
      out.between(at, there, 0, 0, false);
      return;
    }
    double a = (low < 0 ? low * most : low) * unit;
    double b = (high < 0 ? high : high * most) * unit;
    out.between(at, there, Intervals.lower(a), Intervals.upper(b), false);
  }

  private double toZero() {
    return raw > 0 && first >= 0 ? sampled * (first / raw) : Double.POSITIVE_INFINITY;
  }

  private double toStart(long endMs) {
    return (double) (firstMs - (endMs - rangeMs)) / 1000;
  }

  private double toEnd(long endMs) {
    return (double) (endMs - lastMs) / 1000;
  }

  private double factor(long endMs) {
    double start = toStart(endMs);
    if (start >= threshold) {
      start = average / 2;
    }
    if (counter) {
      double zero = toZero();
      if (zero < start) {
        start = zero;
      }
    }
    double end = toEnd(endMs);
    if (end >= threshold) {
      end = average / 2;
    }
    return scaled(sampled + start + end);
  }

  private double scaled(double extended) {
    double factor = sampled == 0 ? 1 : extended / sampled;
    return perSecond ? factor / rangeSeconds : factor;
  }

  /// Which sides are cut. Each cut begins or ends once in time, so that what is the same at two
  /// times was the same between them.
  private int cuts(long endMs) {
    boolean startCut = toStart(endMs) >= threshold;
    double start = startCut ? average / 2 : toStart(endMs);
    boolean zeroCut = counter && toZero() < start;
    boolean endCut = toEnd(endMs) >= threshold;
    return (startCut ? 1 : 0) + (zeroCut ? 2 : 0) + (endCut ? 4 : 0);
  }

  private double startMin(long laterMs) {
    double start = Math.min(toStart(laterMs), average / 2);
    return counter ? Math.min(start, toZero()) : start;
  }

  private double startMax(long endMs) {
    double start = toStart(endMs);
    start = start >= threshold ? Math.max(threshold, average / 2) : start;
    return counter ? Math.min(start, toZero()) : start;
  }

  private double endMin(long endMs, long laterMs) {
    return toEnd(laterMs) >= threshold ? Math.min(toEnd(endMs), average / 2) : toEnd(endMs);
  }

  private double endMax(long laterMs) {
    double end = toEnd(laterMs);
    return end >= threshold ? Math.max(threshold, average / 2) : end;
  }
}
