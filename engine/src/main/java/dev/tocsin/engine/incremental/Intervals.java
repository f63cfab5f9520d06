package dev.tocsin.engine.incremental;

import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.eval.Arithmetic;

/// The operators on bounds. Rounding is monotone, so what is computed from the ends of two intervals
/// bounds what is computed from any two numbers in them: nothing is widened, except where Java's
/// functions are monotone only up to a unit in the last place.
final class Intervals {
  /// What a comparison of bounds can tell.
  static final int FALSE = 0;

  static final int UNKNOWN = 1;
  static final int TRUE = 2;

  /// Beyond any error of a handful of roundings, relative to the size of the result.
  static final double SLACK = 0x1p-48;

  private Intervals() {}

  /// An arithmetic operator.
  static void apply(
      BinaryOp op, Bounds left, int i, Bounds right, int j, Bounds out, int at, byte presence) {
    if (presence == Bounds.ABSENT) {
      out.absent(at);
      return;
    }
    if (left.isExact(i) && right.isExact(j)) {
      out.point(at, presence, Arithmetic.apply(op, left.value(i), right.value(j)));
      return;
    }
    if (left.isNan(i) || right.isNan(j)) {
      if (op == BinaryOp.POW) {
        out.anything(at, presence); // 1 to the power of NaN is 1
      } else {
        out.point(at, presence, Double.NaN);
      }
      return;
    }
    boolean nan = left.nan[i] || right.nan[j];
    double a = left.lo[i];
    double b = left.hi[i];
    double c = right.lo[j];
    double d = right.hi[j];
    switch (op) {
      case ADD -> sum(a, b, c, d, nan, out, at, presence);
      case SUB -> sum(a, b, -d, -c, nan, out, at, presence);
      case MUL -> product(a, b, c, d, nan, out, at, presence);
      case DIV -> quotient(a, b, c, d, nan, out, at, presence);
      case MOD -> remainder(a, b, c, d, nan, out, at, presence);
      case ATAN2 -> out.between(at, presence, -3.15, 3.15, nan);
      default -> power(a, b, c, d, nan, out, at, presence);
    }
  }

  private static void sum(
      double a, double b, double c, double d, boolean nan, Bounds out, int at, byte presence) {
    boolean opposed =
        (a == Double.NEGATIVE_INFINITY && d == Double.POSITIVE_INFINITY)
            || (b == Double.POSITIVE_INFINITY && c == Double.NEGATIVE_INFINITY);
    out.between(at, presence, a + c, b + d, nan || opposed);
  }

  private static void product(
      double a, double b, double c, double d, boolean nan, Bounds out, int at, byte presence) {
    boolean undefined =
        (holdsZero(a, b) && holdsInfinity(c, d)) || (holdsZero(c, d) && holdsInfinity(a, b));
    double p = zeroForNan(a * c);
    double q = zeroForNan(a * d);
    double r = zeroForNan(b * c);
    double s = zeroForNan(b * d);
    double low = Math.min(Math.min(p, q), Math.min(r, s));
    double high = Math.max(Math.max(p, q), Math.max(r, s));
    out.between(at, presence, low, high, nan || undefined);
  }

  private static double zeroForNan(double product) {
    return Double.isNaN(product) ? 0 : product;
  }

  private static boolean holdsZero(double low, double high) {
    return low <= 0 && high >= 0;
  }

  private static boolean holdsInfinity(double low, double high) {
    return low == Double.NEGATIVE_INFINITY || high == Double.POSITIVE_INFINITY;
  }

  private static void quotient(
      double a, double b, double c, double d, boolean nan, Bounds out, int at, byte presence) {
    if (holdsZero(c, d)) {
      out.anything(at, presence);
      return;
    }
    boolean undefined = holdsInfinity(a, b) && holdsInfinity(c, d);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int corner = 0; corner < 4; corner++) {
      double value = ((corner & 1) == 0 ? a : b) / (corner < 2 ? c : d);
      if (!Double.isNaN(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (low > high) {
      out.anything(at, presence);
    } else {
      out.between(at, presence, low, high, nan || undefined);
    }
  }

  /// The sign is the dividend's; smaller than the divisor, and no larger than the dividend.
  private static void remainder(
      double a, double b, double c, double d, boolean nan, Bounds out, int at, byte presence) {
    double divisor = Math.max(Math.abs(c), Math.abs(d));
    double low = a < 0 ? -Math.min(-a, divisor) : -0.0;
    double high = b > 0 ? Math.min(b, divisor) : 0.0;
    out.between(at, presence, low, high, nan || holdsZero(c, d) || holdsInfinity(a, b));
  }

  /// Of a base above zero to a known power; of others nothing is said.
  private static void power(
      double a, double b, double c, double d, boolean nan, Bounds out, int at, byte presence) {
    if (nan || !(a > 0) || c != d || holdsInfinity(a, b) || holdsInfinity(c, d)) {
      out.anything(at, presence);
      return;
    }
    double p = Arithmetic.apply(BinaryOp.POW, a, c);
    double q = Arithmetic.apply(BinaryOp.POW, b, c);
    out.between(at, presence, lower(Math.min(p, q)), upper(Math.max(p, q)), false);
  }

  /// A little below, by more than a few roundings.
  static double lower(double value) {
    return value - Math.abs(value) * SLACK - Double.MIN_NORMAL;
  }

  /// A little above.
  static double upper(double value) {
    return value + Math.abs(value) * SLACK + Double.MIN_NORMAL;
  }

  /// A comparison: of all values in the bounds, of none, or not known.
  static int compare(BinaryOp op, Bounds left, int i, Bounds right, int j) {
    int otherwise = op == BinaryOp.NE ? TRUE : FALSE;
    if (left.isNan(i) || right.isNan(j)) {
      return otherwise;
    }
    int told =
        switch (op) {
          case GT -> above(left.lo[i], left.hi[i], right.lo[j], right.hi[j], true);
          case GTE -> above(left.lo[i], left.hi[i], right.lo[j], right.hi[j], false);
          case LT -> above(right.lo[j], right.hi[j], left.lo[i], left.hi[i], true);
          case LTE -> above(right.lo[j], right.hi[j], left.lo[i], left.hi[i], false);
          case EQ -> equal(left.lo[i], left.hi[i], right.lo[j], right.hi[j]);
          default -> TRUE - equal(left.lo[i], left.hi[i], right.lo[j], right.hi[j]);
        };
    // NaN is not equal to anything, and on no side of anything.
    return (left.nan[i] || right.nan[j]) && told != otherwise ? UNKNOWN : told;
  }

  private static int above(double a, double b, double c, double d, boolean strictly) {
    if (strictly ? b <= c : b < c) {
      return FALSE;
    }
    return (strictly ? a > d : a >= d) ? TRUE : UNKNOWN;
  }

  private static int equal(double a, double b, double c, double d) {
    if (b < c || d < a) {
      return FALSE;
    }
    return a == b && c == d && a == c ? TRUE : UNKNOWN;
  }

  /// 0 or 1, as comparisons of scalars and with `bool` give.
  static void truth(int told, Bounds out, int at, byte presence) {
    out.between(at, presence, told == TRUE ? 1 : 0, told == FALSE ? 0 : 1, false);
  }

  /// What a filter leaves of an element.
  static byte filtered(int told, byte presence) {
    if (told == FALSE) {
      return Bounds.ABSENT;
    }
    return told == TRUE ? presence : Bounds.least(presence, Bounds.MAYBE);
  }
}
