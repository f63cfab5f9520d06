package dev.tocsin.model.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Floating point numbers printed as Go's `strconv.FormatFloat(v, format, -1, 64)` prints them: the
/// fewest digits that read back as the same number.
public final class GoFloat {
  private GoFloat() {}

  /// Format `f`: never an exponent. What the HTTP API and the text exposition use for most values.
  public static String plain(double value) {
    String special = special(value);
    if (special != null) {
      return special;
    }
    String digits = shortest(value).toPlainString();
    return isNegativeZero(value) ? "-0" : digits;
  }

  /// Format `e`: always an exponent of at least two digits, as `1.5e+01`.
  public static String exponent(double value) {
    String special = special(value);
    if (special != null) {
      return special;
    }
    if (value == 0) {
      return isNegativeZero(value) ? "-0e+00" : "0e+00";
    }
    BigDecimal number = shortest(value);
    String digits = number.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - number.scale();
    StringBuilder out = new StringBuilder(value < 0 ? "-" : "");
    out.append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    out.append('e').append(exponent < 0 ? '-' : '+');
    int size = Math.abs(exponent);
    return out.append(size < 10 ? "0" : "").append(size).toString();
  }

  /// Format `g`, and `%v`: an exponent below 1e-4 and from 1e6 on (the precision 21 of other
  /// languages is not Go's: `{{ 1234567.0 }}` prints as `1.234567e+06`).
  public static String general(double value) {
    double size = Math.abs(value);
    boolean small = size != 0 && size < 1e-4;
    return small || size >= 1e6 ? exponent(value) : plain(value);
  }

  private static BigDecimal shortest(double value) {
    // Double.toString gives the shortest digits since JDK 19, but two at least: 4.9e-324 for
    // 5e-324.
    BigDecimal number = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (number.precision() == 2) {
      BigDecimal shorter = number.round(new MathContext(1, RoundingMode.HALF_EVEN));
      number = shorter.doubleValue() == value ? shorter.stripTrailingZeros() : number;
    }
    return number.signum() == 0 ? BigDecimal.ZERO : number;
  }

  private static boolean isNegativeZero(double value) {
    return value == 0 && 1 / value < 0;
  }

  private static @org.jspecify.annotations.Nullable String special(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return null;
  }
}
