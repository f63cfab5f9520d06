package dev.tocsin.engine.incremental;

/// predict_linear while the window holds the same samples: linear in time, up to the rounding of
/// sums of squares of times. The bound of that error is crude and only has to be one.
final class Predicted {
  /// Units in the last place, relative to the largest terms, that a sum of the regression and the
  /// products around it may be off: fewer than 32.
  private static final double ERROR = 0x1p-48;

  private Predicted() {}

  /// @param now the evaluator's value at the first time of the look
  /// @param later and at the last
  static void between(
      Span span, Look look, double ahead, double now, double later, Bounds out, int at) {
    if (Double.isNaN(now) || Double.isNaN(later) || !span.isFinite()) {
      out.anything(at, Bounds.PRESENT);
      return;
    }
    double error = error(span, look, ahead);
    boolean useful = error < Double.POSITIVE_INFINITY;
    if (!useful) {
      out.anything(at, Bounds.PRESENT);
    } else {
      out.between(
          at,
          Bounds.PRESENT,
          Intervals.lower(Math.min(now, later) - error),
          Intervals.upper(Math.max(now, later) + error),
          false);
    }
  }

  /// How far the evaluator's value at any time of the look, and at its ends, can be from the line.
  private static double error(Span span, Look look, double ahead) {
    if (isConstant(span)) {
      return 0;
    }
    int n = span.to - span.from;
    double meanY = 0;
    double meanX = 0;
    double farY = 0;
    long originMs = span.timesMs[span.from];
    for (int i = span.from; i < span.to; i++) {
      meanX += seconds(span.timesMs[i] - originMs) / n;
      meanY += span.values[i] / n;
      farY = Math.max(farY, Math.abs(span.values[i]));
    }
    double variance = 0;
    double covariance = 0;
    for (int i = span.from; i < span.to; i++) {
      double x = seconds(span.timesMs[i] - originMs) - meanX;
      variance += x * x;
      covariance += x * (span.values[i] - meanY);
    }
    double farX = Math.max(Math.abs(seconds(look.toMs - originMs)), Math.abs(seconds(look.fromMs - span.timesMs[span.to - 1])));
    farX = Math.max(farX, Math.abs(seconds(look.toMs - span.timesMs[span.to - 1])));
    farX = Math.max(farX, Math.abs(seconds(look.fromMs - originMs))) + 1;
    double varianceError = ERROR * n * farX * farX;
    if (!(varianceError * 4 < variance)) {
      return Double.POSITIVE_INFINITY;
    }
    double covarianceError = ERROR * n * farX * farY;
    double slope = (Math.abs(covariance) + covarianceError) / (variance - varianceError);
    double slopeError = (covarianceError + slope * varianceError) / (variance - varianceError);
    double reach = farX + Math.abs(ahead);
    return 4 * (slopeError * reach + ERROR * (slope * reach + farY)) + Double.MIN_NORMAL;
  }

  private static boolean isConstant(Span span) {
    for (int i = span.from + 1; i < span.to; i++) {
      if (span.values[i] != span.values[span.from]) {
        return false;
      }
    }
    return true;
  }

  private static double seconds(long ms) {
    return (double) ms / 1000;
  }
}
