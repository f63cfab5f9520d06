package dev.tocsin.promql.eval.window;

import dev.tocsin.promql.eval.number.NeumaierSum;
import dev.tocsin.promql.eval.number.Quantiles;
import dev.tocsin.promql.eval.number.RunningMean;

/// The functions named `*_over_time`. Sums run in order of time.
final class OverTime {
  private OverTime() {}

  static double sum(Window window, double[] scalars) {
    double[] values = window.values();
    int end = window.from() + window.count();
    // [NeumaierSum] written out: this loop is what long windows cost.
    double sum = 0;
    double compensation = 0;
    for (int i = window.from(); i < end; i++) {
      double term = values[i];
      double next = sum + term;
      compensation += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
      sum = next;
    }
    return isFinite(sum, compensation) ? sum + compensation : carefulSum(window);
  }

  /// False too where a sum on the way was infinite: its compensation is not finite from there on.
  private static boolean isFinite(double sum, double compensation) {
    return Double.isFinite(sum + compensation);
  }

  private static double carefulSum(Window window) {
    NeumaierSum sum = new NeumaierSum();
    for (int i = 0; i < window.count(); i++) {
      sum.add(window.value(i));
    }
    return Double.isInfinite(sum.plain()) ? sum.plain() : sum.total();
  }

  static double avg(Window window, double[] scalars) {
    double[] values = window.values();
    int end = window.from() + window.count();
    // [RunningMean] written out, as long as it only sums up.
    double sum = values[window.from()];
    double compensation = 0;
    for (int i = window.from() + 1; i < end; i++) {
      double term = values[i];
      double next = sum + term;
      compensation += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
      sum = next;
    }
    double count = window.count();
    return isFinite(sum, compensation) ? sum / count + compensation / count : carefulMean(window);
  }

  private static double carefulMean(Window window) {
    RunningMean mean = new RunningMean(window.value(0));
    for (int i = 1; i < window.count(); i++) {
      mean.add(window.value(i));
    }
    return mean.mean();
  }

  static double min(Window window, double[] scalars) {
    double[] values = window.values();
    double min = window.value(0);
    for (int i = window.from() + 1; i < window.end(); i++) {
      double value = values[i];
      if (value < min || Double.isNaN(min)) {
        min = value;
      }
    }
    return min;
  }

  static double max(Window window, double[] scalars) {
    double[] values = window.values();
    double max = window.value(0);
    for (int i = window.from() + 1; i < window.end(); i++) {
      double value = values[i];
      if (value > max || Double.isNaN(max)) {
        max = value;
      }
    }
    return max;
  }

  /// When the smallest value was there last; Unix seconds.
  static double timeOfMin(Window window, double[] scalars) {
    int at = 0;
    for (int i = 0; i < window.count(); i++) {
      if (window.value(i) <= window.value(at) || Double.isNaN(window.value(at))) {
        at = i;
      }
    }
    return seconds(window.timeMs(at));
  }

  /// When the largest value was there last; Unix seconds.
  static double timeOfMax(Window window, double[] scalars) {
    int at = 0;
    for (int i = 0; i < window.count(); i++) {
      if (window.value(i) >= window.value(at) || Double.isNaN(window.value(at))) {
        at = i;
      }
    }
    return seconds(window.timeMs(at));
  }

  static double timeOfFirst(Window window, double[] scalars) {
    return seconds(window.timeMs(0));
  }

  static double timeOfLast(Window window, double[] scalars) {
    return seconds(window.timeMs(window.count() - 1));
  }

  private static double seconds(long timeMs) {
    return (double) timeMs / 1000;
  }

  static double count(Window window, double[] scalars) {
    return window.count();
  }

  static double present(Window window, double[] scalars) {
    return 1;
  }

  static double first(Window window, double[] scalars) {
    return window.value(0);
  }

  static double last(Window window, double[] scalars) {
    return window.last();
  }

  static double quantile(Window window, double[] scalars) {
    return Quantiles.of(scalars[0], window.copyOfValues(), window.count());
  }

  static double medianDeviation(Window window, double[] scalars) {
    return Quantiles.medianDeviation(window.copyOfValues(), window.count());
  }

  static double stddev(Window window, double[] scalars) {
    return Math.sqrt(stdvar(window, scalars));
  }

  /// Welford's method on compensated sums.
  static double stdvar(Window window, double[] scalars) {
    NeumaierSum mean = new NeumaierSum();
    NeumaierSum squares = new NeumaierSum();
    for (int i = 0; i < window.count(); i++) {
      double value = window.value(i);
      double delta = value - mean.total();
      mean.add(delta / (i + 1));
      squares.add(delta * (value - mean.total()));
    }
    return squares.total() / window.count();
  }

  /// `scalars`: the factors of smoothing and trend, each between 0 and 1.
  static double doubleExponentialSmoothing(Window window, double[] scalars) {
    if (window.count() < 2) {
      return WindowFunction.NONE;
    }
    double smoothing = scalars[0];
    double trending = scalars[1];
    double before = 0;
    double smoothed = window.value(0);
    double trend = window.value(1) - window.value(0);
    for (int i = 1; i < window.count(); i++) {
      double x = smoothing * window.value(i);
      if (i > 1) {
        double drift = trending * (smoothed - before);
        double kept = (1 - trending) * trend;
        trend = drift + kept;
      }
      double y = (1 - smoothing) * (smoothed + trend);
      before = smoothed;
      smoothed = x + y;
    }
    return smoothed;
  }
}
