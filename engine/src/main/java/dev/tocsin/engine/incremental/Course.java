package dev.tocsin.engine.incremental;

import java.util.function.DoubleUnaryOperator;

/// How a function of one number runs, which tells what it makes of an interval.
///
/// @param way whether it rises
/// @param min the least number it is defined for
/// @param max the largest one
record Course(Way way, double min, double max) {
  /// The ways that functions go.
  enum Way {
    /// Never falls, to the last bit.
    RISES,
    /// Never falls, but for a few units in the last place.
    NEARLY_RISES,
    NEARLY_FALLS,
    /// The sign does not matter; rises from zero on.
    EVEN,
    /// Stays between `min` and `max`, as far as the argument is finite; it steps at multiples of
    /// [#stepSeconds].
    STAYS,
    /// Nothing is known.
    ANY
  }

  private static final Course EXACT = everywhere(Way.RISES);
  private static final Course RISING = everywhere(Way.NEARLY_RISES);

  private static Course everywhere(Way way) {
    return new Course(way, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  static Course of(String function) {
    return switch (function) {
      case "ceil", "floor", "sgn", "rad", "deg" -> EXACT;
      case "exp", "atan", "sinh", "tanh", "asinh" -> RISING;
      case "sqrt", "ln", "log2", "log10" ->
          new Course(Way.NEARLY_RISES, 0, Double.POSITIVE_INFINITY);
      case "asin", "atanh" -> new Course(Way.NEARLY_RISES, -1, 1);
      case "acosh" -> new Course(Way.NEARLY_RISES, 1, Double.POSITIVE_INFINITY);
      case "acos" -> new Course(Way.NEARLY_FALLS, -1, 1);
      case "abs", "cosh" -> everywhere(Way.EVEN);
      case "sin", "cos" -> new Course(Way.STAYS, -1.0001, 1.0001);
      case "minute" -> new Course(Way.STAYS, 0, 59);
      case "hour" -> new Course(Way.STAYS, 0, 23);
      case "day_of_week" -> new Course(Way.STAYS, 0, 6);
      case "day_of_month" -> new Course(Way.STAYS, 1, 31);
      case "day_of_year" -> new Course(Way.STAYS, 1, 366);
      case "days_in_month" -> new Course(Way.STAYS, 28, 31);
      case "month" -> new Course(Way.STAYS, 1, 12);
      default -> everywhere(Way.ANY);
    };
  }

  /// How long a function of the calendar stays the same, in seconds of Unix time; 0 for others.
  private long stepSeconds() {
    if (max < 2) {
      return 0;
    }
    return max == 59 ? 60 : max == 23 ? 3600 : 86_400;
  }

  /// The interval is not exact.
  void apply(
      DoubleUnaryOperator f, double lo, double hi, boolean nan, Bounds out, int at, byte there) {
    switch (way) {
      case RISES -> out.between(at, there, f.applyAsDouble(lo), f.applyAsDouble(hi), nan);
      case NEARLY_RISES, NEARLY_FALLS -> clipped(f, lo, hi, nan, out, at, there);
      case EVEN -> even(f, lo, hi, nan, out, at, there);
      case STAYS -> stays(f, lo, hi, nan, out, at, there);
      case ANY -> out.anything(at, there);
    }
  }

  private void clipped(
      DoubleUnaryOperator f, double lo, double hi, boolean nan, Bounds out, int at, byte there) {
    double low = Math.max(lo, min);
    double high = Math.min(hi, max);
    if (low > high) {
      out.point(at, there, Double.NaN);
      return;
    }
    double a = f.applyAsDouble(way == Way.NEARLY_FALLS ? high : low);
    double b = f.applyAsDouble(way == Way.NEARLY_FALLS ? low : high);
    out.between(at, there, below(a), above(b), nan || lo < min || hi > max);
  }

  /// The error of a logarithm near 1 is small beside 1, not beside the result.
  private static double below(double value) {
    return value - (1 + Math.abs(value)) * Intervals.SLACK;
  }

  private static double above(double value) {
    return value + (1 + Math.abs(value)) * Intervals.SLACK;
  }

  private static void even(
      DoubleUnaryOperator f, double lo, double hi, boolean nan, Bounds out, int at, byte there) {
    double far = Math.max(Math.abs(lo), Math.abs(hi));
    double near = lo <= 0 && hi >= 0 ? 0 : Math.min(Math.abs(lo), Math.abs(hi));
    double a = Intervals.lower(f.applyAsDouble(near));
    out.between(at, there, Math.max(0.0, a), Intervals.upper(f.applyAsDouble(far)), nan);
  }

  private void stays(
      DoubleUnaryOperator f, double lo, double hi, boolean nan, Bounds out, int at, byte there) {
    long step = stepSeconds();
    boolean tame = lo >= (step > 0 ? 0 : -1e300) && hi <= (step > 0 ? 1e15 : 1e300);
    if (tame && step > 0 && Math.floor(lo / step) == Math.floor(hi / step) && !nan) {
      double value = f.applyAsDouble(lo);
      out.between(at, there, value, value, false);
    } else if (tame && !nan) {
      out.between(at, there, min, max, false);
    } else {
      out.anything(at, there);
    }
  }
}
