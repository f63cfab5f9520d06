package dev.tocsin.promql.eval.window;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.promql.ast.Expr.WindowMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The samples of one series in one window, ascending in time, without stale markers. One object is
/// aimed at window after window; the arrays are lent.
public final class Window {
  private static final long[] NO_TIMES = {};
  private static final double[] NO_VALUES = {};

  private final WindowMode mode;
  private long[] times = NO_TIMES;
  private double[] values = NO_VALUES;

  /// Null where all samples are floats.
  private @Nullable FloatHistogram @Nullable [] histograms;

  /// Null where start times do not matter or none are known.
  private long @Nullable [] startTimesMs;

  private int from;
  private int count;
  private int histogramCount;
  private long startMs;
  private long endMs;
  private long evaluationMs;

  private final Remarks remarks;

  public Window(WindowMode mode) {
    this(mode, Remarks.NONE);
  }

  /// @param remarks told what is wrong with the samples
  public Window(WindowMode mode, Remarks remarks) {
    this.mode = mode;
    this.remarks = remarks;
  }

  /// The range `(startMs, endMs]` asked for, and the time of the evaluation; Unix milliseconds.
  /// With `anchored` and `smoothed` there are samples outside of it.
  public void aim(long startMs, long endMs, long evaluationMs) {
    this.startMs = startMs;
    this.endMs = endMs;
    this.evaluationMs = evaluationMs;
  }

  /// Floats, without start times.
  public void fill(long[] times, double[] values, int from, int to) {
    fill(times, values, null, null, from, to);
  }

  /// @param histograms where one is not null, the sample is that histogram
  /// @param startTimesMs since when a sample has been counting; 0 where unknown
  public void fill(
      long[] times,
      double[] values,
      @Nullable FloatHistogram @Nullable [] histograms,
      long @Nullable [] startTimesMs,
      int from,
      int to) {
    this.times = times;
    this.values = values;
    this.histograms = histograms;
    this.startTimesMs = startTimesMs;
    this.from = from;
    this.count = to - from;
    this.histogramCount = histograms == null ? 0 : countOf(histograms, from, to);
  }

  private static int countOf(@Nullable FloatHistogram[] histograms, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += histograms[i] == null ? 0 : 1;
    }
    return count;
  }

  /// Only the samples that are floats.
  Window floats() {
    int floatCount = count - histogramCount;
    long[] floatTimes = new long[floatCount];
    double[] floatValues = new double[floatCount];
    int at = 0;
    for (int i = 0; i < count; i++) {
      if (histogram(i) == null) {
        floatTimes[at] = timeMs(i);
        floatValues[at++] = value(i);
      }
    }
    Window window = new Window(mode, remarks);
    window.aim(startMs, endMs, evaluationMs);
    window.fill(floatTimes, floatValues, 0, floatCount);
    return window;
  }

  public Remarks remarks() {
    return remarks;
  }

  /// How many of the samples are histograms.
  public int histogramCount() {
    return histogramCount;
  }

  /// Null where the sample is a float.
  @Nullable FloatHistogram histogram(int index) {
    return histograms == null ? null : histograms[from + index];
  }

  /// Of a window with histograms only.
  FloatHistogram onlyHistogram(int index) {
    return Objects.requireNonNull(histogram(index));
  }

  /// Whether the start times of samples are to be looked at.
  boolean hasStartTimes() {
    return startTimesMs != null;
  }

  /// 0 where it is unknown.
  long startTimeMs(int index) {
    return startTimesMs == null ? 0 : startTimesMs[from + index];
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
