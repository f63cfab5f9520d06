package dev.tocsin.promql.eval;

import dev.tocsin.model.text.GoFloat;

/// Texts of warnings used in several places.
final class Warnings {
  private Warnings() {}

  static boolean isInvalidQuantile(double q) {
    return Double.isNaN(q) || q < 0 || q > 1;
  }

  static String invalidQuantile(double q) {
    return "quantile value should be between 0 and 1, got " + GoFloat.general(q);
  }

  /// A number as OpenMetrics writes it: with a point, an exponent or a word in it.
  static String openMetrics(double value) {
    String text = GoFloat.general(value);
    boolean whole = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    return whole ? text + ".0" : text;
  }
}
