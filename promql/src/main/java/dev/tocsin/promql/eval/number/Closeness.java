package dev.tocsin.promql.eval.number;

/// Whether two numbers are as good as equal.
public final class Closeness {
  private Closeness() {}

  /// Relative to the sum of their sizes; NaN is close to NaN.
  public static boolean within(double a, double b, double tolerance) {
    if (a == b || (Double.isNaN(a) && Double.isNaN(b))) {
      return true;
    }
    double sum = Math.abs(a) + Math.abs(b);
    double difference = Math.abs(a - b);
    if (a == 0 || b == 0 || sum < Double.MIN_NORMAL) {
      return difference < tolerance * Double.MIN_NORMAL;
    }
    return difference / Math.min(sum, Double.MAX_VALUE) < tolerance;
  }
}
