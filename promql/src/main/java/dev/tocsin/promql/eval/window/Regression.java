package dev.tocsin.promql.eval.window;

import dev.tocsin.promql.eval.number.NeumaierSum;

/// deriv and predict_linear: the line of least squares through the samples.
final class Regression {
  private Regression() {}

  static double deriv(Window window, double[] scalars) {
    if (window.count() < 2) {
      return WindowFunction.NONE;
    }
    // Times are taken relative to one nearby: full precision.
    return line(window, window.timeMs(0), 0, true);
  }

  /// `scalars`: how many seconds from the evaluation on.
  static double predictLinear(Window window, double[] scalars) {
    if (window.count() < 2) {
      return WindowFunction.NONE;
    }
    return line(window, window.evaluationMs(), scalars[0], false);
  }

  private static double line(Window window, long originMs, double ahead, boolean slopeOnly) {
    if (isConstant(window)) {
      double value = window.value(0);
      if (Double.isInfinite(value)) {
        return Double.NaN;
      }
      return slopeOnly ? 0 : 0 * ahead + value;
    }
    NeumaierSum sumX = new NeumaierSum();
    NeumaierSum sumY = new NeumaierSum();
    NeumaierSum sumXy = new NeumaierSum();
    NeumaierSum sumXx = new NeumaierSum();
    for (int i = 0; i < window.count(); i++) {
      double x = (double) (window.timeMs(i) - originMs) / 1e3;
      double y = window.value(i);
      sumX.add(x);
      sumY.add(y);
      sumXy.add(x * y);
      sumXx.add(x * x);
    }
    double n = window.count();
    double x = sumX.total();
    double y = sumY.total();
    double covariance = sumXy.total() - x * y / n;
    double variance = sumXx.total() - x * x / n;
    double slope = covariance / variance;
    if (slopeOnly) {
      return slope;
    }
    double intercept = y / n - slope * x / n;
    return slope * ahead + intercept;
  }

  private static boolean isConstant(Window window) {
    double first = window.value(0);
    for (int i = 1; i < window.count(); i++) {
      if (window.value(i) != first) {
        return false;
      }
    }
    return true;
  }
}
