package dev.tocsin.promql.eval.number;

/// Functions of Go's package math where Java's differ in special cases, or where Java has none.
public final class GoMath {
  private static final double HALVED_FROM = 21;
  private static final double LN2 = 0.6931471805599453;
  private static final double LN10 = 2.302585092994046;

  private GoMath() {}

  /// 1 to any power is 1, and so is -1 to an infinite power; Java says NaN.
  public static double pow(double base, double exponent) {
    if (base == 1 || (base == -1 && Double.isInfinite(exponent))) {
      return 1;
    }
    return Math.pow(base, exponent);
  }

  /// An infinite maximum beats NaN.
  public static double max(double a, double b) {
    if (a == Double.POSITIVE_INFINITY || b == Double.POSITIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    return Math.max(a, b);
  }

  /// An infinite minimum beats NaN.
  public static double min(double a, double b) {
    if (a == Double.NEGATIVE_INFINITY || b == Double.NEGATIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    return Math.min(a, b);
  }

  /// Exact for powers of two.
  public static double log2(double x) {
    if (!(x > 0) || Double.isInfinite(x)) {
      return Math.log(x);
    }
    double scaled = x;
    int shift = 0;
    if (scaled < Double.MIN_NORMAL) {
      scaled *= 0x1p52;
      shift = -52;
    }
    int exponent = Math.getExponent(scaled) + 1;
    double fraction = Math.scalb(scaled, -exponent);
    if (fraction == 0.5) {
      return exponent + shift - 1;
    }
    return Math.log(fraction) * (1 / LN2) + (exponent + shift);
  }

  public static double log10(double x) {
    return log2(x) * (LN2 / LN10);
  }

  /// Halves the exponential from 21 on, so that it is infinite for the last numbers before 711 as
  /// in Go.
  public static double cosh(double x) {
    double size = Math.abs(x);
    return size > HALVED_FROM ? Math.exp(size) * 0.5 : Math.cosh(x);
  }

  /// As [#cosh].
  public static double sinh(double x) {
    double size = Math.abs(x);
    return size > HALVED_FROM ? Math.copySign(Math.exp(size) * 0.5, x) : Math.sinh(x);
  }

  public static double asinh(double x) {
    if (Double.isNaN(x) || Double.isInfinite(x) || x == 0) {
      return x;
    }
    double size = Math.abs(x);
    double result;
    if (size > 0x1p28) {
      result = Math.log(size) + LN2;
    } else if (size > 2) {
      result = Math.log(2 * size + 1 / (Math.sqrt(size * size + 1) + size));
    } else {
      double square = size * size;
      result = Math.log1p(size + square / (1 + Math.sqrt(1 + square)));
    }
    return Math.copySign(result, x);
  }

  public static double acosh(double x) {
    if (!(x >= 1)) {
      return Double.NaN;
    }
    if (x >= 0x1p28) {
      return Math.log(x) + LN2;
    }
    double above = x - 1;
    return Math.log1p(above + Math.sqrt(2 * above + above * above));
  }

  public static double atanh(double x) {
    if (!(Math.abs(x) <= 1)) {
      return Double.NaN;
    }
    double size = Math.abs(x);
    double result = 0.5 * Math.log1p(2 * size / (1 - size));
    return Math.copySign(result, x);
  }

  /// Rounds to the nearest multiple, halves up.
  public static double roundTo(double x, double inverseOfMultiple) {
    return Math.floor(x * inverseOfMultiple + 0.5) / inverseOfMultiple;
  }

  public static double sign(double x) {
    if (x < 0) {
      return -1;
    }
    return x > 0 ? 1 : x;
  }

  /// Parses what Go's `strconv.ParseFloat` accepts in the label `le`; NaN is what it makes of
  /// `NaN`. Returns false in `ok[0]` where the text is no number.
  public static double parse(String text, boolean[] ok) {
    ok[0] = true;
    String body = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
    boolean minus = text.startsWith("-");
    if (body.equalsIgnoreCase("inf") || body.equalsIgnoreCase("infinity")) {
      return minus ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (text.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    if (isPlainNumber(body)) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException _) {
        // said below
      }
    }
    ok[0] = false;
    return 0;
  }

  private static boolean isPlainNumber(String body) {
    boolean hex = body.startsWith("0x") || body.startsWith("0X");
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      boolean sign = c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-';
      boolean hexDigit = hex && (Character.digit(c, 16) >= 0 || "xXpP".indexOf(c) >= 0);
      if (!digit && !sign && !hexDigit) {
        return false;
      }
    }
    return !body.isEmpty();
  }
}
