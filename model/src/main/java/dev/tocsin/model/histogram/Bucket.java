package dev.tocsin.model.histogram;

import dev.tocsin.model.text.GoFloat;

/// One bucket of a native histogram: how many observations are between its bounds.
public record Bucket(
    double lower, double upper, boolean lowerInclusive, boolean upperInclusive, double count) {

  /// The share of the bucket that is at or below `value`, which is strictly between the finite
  /// bounds: as if the observations were evenly spread (`linear`), or evenly on a logarithmic
  /// scale.
  static double shareBelow(double lower, double upper, double value, boolean linear) {
    if (linear) {
      return (value - lower) / (upper - lower);
    }
    double logLower = Binary.log2(Math.abs(lower));
    double logUpper = Binary.log2(Math.abs(upper));
    double logValue = Binary.log2(Math.abs(value));
    if (value > 0) {
      return (logValue - logLower) / (logUpper - logLower);
    }
    return 1 - ((logValue - logUpper) / (logLower - logUpper));
  }

  /// As `(0.5,1]:3`.
  @Override
  public String toString() {
    return (lowerInclusive ? "[" : "(")
        + GoFloat.general(lower)
        + ","
        + GoFloat.general(upper)
        + (upperInclusive ? "]" : ")")
        + ":"
        + GoFloat.general(count);
  }
}
