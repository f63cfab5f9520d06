package dev.tocsin.promql.eval.number;

/// A running sum that carries the rounding error along (Neumaier's variant of Kahan's summation).
/// The order of the terms is part of the result: callers add in Prometheus's order.
public final class NeumaierSum {
  private double sum;
  private double compensation;

  public NeumaierSum() {}

  /// Starts with one term.
  public NeumaierSum(double first) {
    sum = first;
  }

  public void add(double term) {
    double next = sum + term;
    if (Double.isInfinite(next)) {
      compensation = 0;
    } else if (Math.abs(sum) >= Math.abs(term)) {
      compensation += (sum - next) + term;
    } else {
      compensation += (term - next) + sum;
    }
    sum = next;
  }

  /// Multiplies what was summed up so far.
  public void scale(double factor) {
    sum *= factor;
    compensation *= factor;
  }

  /// The sum without its error.
  public double plain() {
    return sum;
  }

  /// The error of [#plain].
  public double compensation() {
    return compensation;
  }

  /// Whether the sum would leave the range of a double with this term. Leaves the sum as it is.
  public boolean overflowsWith(double term) {
    return Double.isInfinite(sum + term);
  }

  /// The best estimate of the sum.
  public double total() {
    return sum + compensation;
  }

  /// Divides the sum and its error by `divisor` each, then adds: Prometheus's order.
  public double dividedBy(double divisor) {
    return sum / divisor + compensation / divisor;
  }

  public void divide(double divisor) {
    sum /= divisor;
    compensation /= divisor;
  }
}
