package dev.tocsin.model.histogram;

/// Logarithm and power to base 2 as Go's package math computes them, to the last bit: the estimates
/// within a bucket come from them. Java has neither, and what its `Math.log` gives differs in the
/// last digit.
///
/// Source of the polynomials: FreeBSD's `e_log.c` and `e_exp.c`.
final class Binary {
  private static final double LN2_HIGH = 0.6931471803691238;
  private static final double LN2_LOW = 1.9082149292705877E-10;
  private static final double ONE_BY_LN2 = 1.4426950408889634;
  private static final double HALF_ROOT_OF_2 = 0.7071067811865476;

  private Binary() {}

  /// Exact for powers of two; NaN below zero, -Infinity at zero.
  static double log2(double x) {
    if (Double.isNaN(x) || x == Double.POSITIVE_INFINITY) {
      return x;
    }
    if (x <= 0) {
      return x < 0 ? Double.NaN : Double.NEGATIVE_INFINITY;
    }
    int shift = x < Double.MIN_NORMAL ? 52 : 0;
    double normal = shift == 0 ? x : x * 0x1p52;
    int exponent = Math.getExponent(normal) + 1;
    double fraction = Math.scalb(normal, -exponent);
    exponent -= shift;
    if (fraction == 0.5) {
      return exponent - 1;
    }
    return logOfFraction(fraction) * ONE_BY_LN2 + exponent;
  }

  /// The natural logarithm of a number from 0.5 to below 1.
  private static double logOfFraction(double fraction) {
    double scaled = fraction;
    double k = 0;
    if (scaled < HALF_ROOT_OF_2) {
      scaled *= 2;
      k = -1;
    }
    double f = scaled - 1;
    double s = f / (2 + f);
    double s2 = s * s;
    double s4 = s2 * s2;
    double odd = 0.2857142874366239 + s4 * (0.1818357216161805 + s4 * 0.14798198605116586);
    double t1 = s2 * (0.6666666666666735 + s4 * odd);
    double even = 0.22222198432149784 + s4 * 0.15313837699209373;
    double t2 = s4 * (0.3999999999940942 + s4 * even);
    double r = t1 + t2;
    double half = 0.5 * f * f;
    return k * LN2_HIGH - ((half - (s * (half + r) + k * LN2_LOW)) - f);
  }

  static double exp2(double x) {
    if (Double.isNaN(x) || x == Double.POSITIVE_INFINITY) {
      return x;
    }
    if (x > 1023.9999999999999) {
      return Double.POSITIVE_INFINITY;
    }
    if (x < -1.0740e+03) {
      return 0;
    }
    int k = (int) (x > 0 ? x + 0.5 : x - 0.5);
    double t = x - k;
    double high = t * LN2_HIGH;
    double low = -t * LN2_LOW;
    double r = high - low;
    double r2 = r * r;
    double tail =
        6.613756321437934E-05 + r2 * (-1.6533902205465252E-06 + r2 * 4.1381367970572385E-08);
    double c = r - r2 * (0.16666666666666666 + r2 * (-0.0027777777777015593 + r2 * tail));
    double y = 1 - ((low - (r * c) / (2 - c)) - high);
    return Math.scalb(y, k);
  }
}
