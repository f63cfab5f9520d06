package dev.tocsin.rules.template.format;

import dev.tocsin.model.text.GoFloat;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Floating point numbers as Go's `strconv.FormatFloat` writes them, with a precision too.
public final class FloatText {
  private FloatText() {}

  /// Format `f` with so many digits behind the point.
  public static String fixed(double value, int digits) {
    if (isSpecial(value)) {
      return GoFloat.plain(value);
    }
    // The exact value of the double, rounded half to even, is what Go prints.
    BigDecimal rounded = new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN);
    return signed(value, rounded.abs().toPlainString());
  }

  /// Format `e` with so many digits behind the point.
  public static String exponent(double value, int digits) {
    if (isSpecial(value)) {
      return GoFloat.plain(value);
    }
    return signed(value, exponentDigits(value, digits));
  }

  /// Format `g` with so many significant digits; trailing zeros are left out.
  public static String general(double value, int digits) {
    if (isSpecial(value)) {
      return GoFloat.plain(value);
    }
    int significant = Math.max(digits, 1);
    if (value == 0) {
      return signed(value, "0");
    }
    BigDecimal rounded =
        new BigDecimal(Math.abs(value))
            .round(new MathContext(significant, RoundingMode.HALF_EVEN))
            .stripTrailingZeros();
    int count = rounded.precision();
    int exponent = count - rounded.scale() - 1;
    int threshold = significant > count && count >= exponent + 1 ? count : significant;
    boolean useExponent = exponent < -4 || exponent >= threshold;
    return signed(value, useExponent ? exponentDigits(value, count - 1) : rounded.toPlainString());
  }

  /// Format `x`: a hexadecimal mantissa and a binary exponent.
  static String hexadecimal(double value) {
    if (isSpecial(value)) {
      return GoFloat.plain(value);
    }
    if (value == 0) {
      return signed(value, "0x0p+00");
    }
    String[] parts = Double.toHexString(normal(Math.abs(value))).split("p");
    int exponent = Integer.parseInt(parts[1]) - (Math.abs(value) < Double.MIN_NORMAL ? 64 : 0);
    String mantissa = parts[0].endsWith(".0") ? parts[0].replace(".0", "") : parts[0];
    String sign = exponent < 0 ? "-" : "+";
    return signed(value, mantissa + "p" + sign + twoDigits(Math.abs(exponent)));
  }

  /// A subnormal number made normal, 2^64 times as large.
  private static double normal(double size) {
    return size < Double.MIN_NORMAL ? size * 0x1p64 : size;
  }

  static boolean isSpecial(double value) {
    return Double.isNaN(value) || Double.isInfinite(value);
  }

  private static String exponentDigits(double value, int digits) {
    if (value == 0) {
      return (digits == 0 ? "0" : "0." + "0".repeat(digits)) + "e+00";
    }
    BigDecimal rounded =
        new BigDecimal(Math.abs(value)).round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    String mantissa = rounded.unscaledValue().toString();
    String padded = mantissa + "0".repeat(digits + 1 - mantissa.length());
    String point = digits == 0 ? "" : "." + padded.substring(1);
    String sign = exponent < 0 ? "-" : "+";
    return padded.charAt(0) + point + "e" + sign + twoDigits(Math.abs(exponent));
  }

  private static String twoDigits(int number) {
    return String.format(Locale.ROOT, "%02d", number);
  }

  private static String signed(double value, String size) {
    boolean negative = value < 0 || (value == 0 && 1 / value < 0);
    return negative ? "-" + size : size;
  }
}
