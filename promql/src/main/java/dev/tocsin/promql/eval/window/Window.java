package dev.tocsin.promql.eval.window;

import dev.tocsin.promql.ast.Expr.WindowMode;

/// The samples of one series in one window, ascending in time, without stale markers. One object is
/// aimed at window after window; the arrays are lent.
public final class Window {
  private static final long[] NO_TIMES = {};
  private static final double[] NO_VALUES = {};

  private final WindowMode mode;
  private long[] times = NO_TIMES;
  private double[] values = NO_VALUES;
  private int from;
  private int count;
  private long startMs;
  private long endMs;
  private long evaluationMs;

  public Window(WindowMode mode) {
    this.mode = mode;
  }

  /// The range `(startMs, endMs]` asked for, and the time of the evaluation; Unix milliseconds.
  /// With `anchored` and `smoothed` there are samples outside of it.
  public void aim(long startMs, long endMs, long evaluationMs) {
    this.startMs = startMs;
    this.endMs = endMs;
    this.evaluationMs = evaluationMs;
  }

  public void fill(long[] times, double[] values, int from, int to) {
    this.times = times;
    this.values = values;
    this.from = from;
    this.count = to - from;
  }

  public WindowMode mode() {
    return mode;
  }

  public int count() {
    return count;
  }

  public long timeMs(int index) {
    return times[from + index];
  }

  public double value(int index) {
    return values[from + index];
  }

  public double last() {
    return values[from + count - 1];
  }

  public long startMs() {
    return startMs;
  }

  public long endMs() {
    return endMs;
  }

  public long evaluationMs() {
    return evaluationMs;
  }

  /// The length of the range in seconds, rounded as Go does.
  double rangeSeconds() {
    long ms = endMs - startMs;
    long seconds = ms / 1000;
    long nanos = ms % 1000 * 1_000_000;
    return (double) seconds + (double) nanos / 1e9;
  }

  /// How many samples there are at or before `timeMs`.
  public int countUpTo(long timeMs) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (timeMs(middle) > timeMs) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /// The values copied, for functions that sort.
  double[] copyOfValues() {
    double[] copy = new double[count];
    System.arraycopy(values, from, copy, 0, count);
    return copy;
  }
}
