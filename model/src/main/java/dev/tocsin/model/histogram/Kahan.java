package dev.tocsin.model.histogram;

/// A sum with its rounding error kept beside it (Kahan's sum in Neumaier's form): the new sum is
/// plainly `sum + increment`, the new compensation what `compensation` gives.
final class Kahan {
  private Kahan() {}

  /// The compensation after `increment` was added to `sum`, whose compensation was `before`. A sum
  /// that overflowed has none.
  static double compensation(double increment, double sum, double before) {
    double total = sum + increment;
    if (Double.isInfinite(total)) {
      return 0;
    }
    if (Math.abs(sum) >= Math.abs(increment)) {
      return before + ((sum - total) + increment);
    }
    return before + ((increment - total) + sum);
  }
}
