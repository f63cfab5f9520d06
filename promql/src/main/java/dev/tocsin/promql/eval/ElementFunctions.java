package dev.tocsin.promql.eval;

import dev.tocsin.promql.eval.number.CivilTime;
import dev.tocsin.promql.eval.number.GoMath;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// The functions that look at one value only, by name.
public final class ElementFunctions {
  private ElementFunctions() {}

  public static @Nullable DoubleUnaryOperator get(String name) {
    return switch (name) {
      case "abs" -> Math::abs;
      case "ceil" -> Math::ceil;
      case "floor" -> Math::floor;
      case "exp" -> Math::exp;
      case "sqrt" -> Math::sqrt;
      case "ln" -> Math::log;
      case "log2" -> GoMath::log2;
      case "log10" -> GoMath::log10;
      case "sgn" -> GoMath::sign;
      case "sin" -> Math::sin;
      case "cos" -> Math::cos;
      case "tan" -> Math::tan;
      case "asin" -> Math::asin;
      case "acos" -> Math::acos;
      case "atan" -> Math::atan;
      case "sinh" -> GoMath::sinh;
      case "cosh" -> GoMath::cosh;
      case "tanh" -> Math::tanh;
      case "asinh" -> GoMath::asinh;
      case "acosh" -> GoMath::acosh;
      case "atanh" -> GoMath::atanh;
      case "rad" -> x -> x * Math.PI / 180;
      case "deg" -> x -> x * 180 / Math.PI;
      case "minute" -> CivilTime::minute;
      case "hour" -> CivilTime::hour;
      case "day_of_week" -> CivilTime::dayOfWeek;
      case "day_of_month" -> CivilTime::dayOfMonth;
      case "day_of_year" -> CivilTime::dayOfYear;
      case "days_in_month" -> CivilTime::daysInMonth;
      case "month" -> CivilTime::month;
      case "year" -> CivilTime::year;
      default -> null;
    };
  }
}
