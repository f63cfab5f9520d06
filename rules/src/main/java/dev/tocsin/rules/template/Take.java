package dev.tocsin.rules.template;

import dev.tocsin.model.text.GoFloat;
import dev.tocsin.rules.template.parse.Literals;
import dev.tocsin.rules.template.value.GoDuration;
import dev.tocsin.rules.template.value.GoTime;
import dev.tocsin.rules.template.value.GoValue;
import java.util.List;
import java.util.Locale;

/// Takes arguments whose types the evaluator has checked already.
final class Take {
  private Take() {}

  static String string(List<GoValue> given, int index) {
    return switch (given.get(index)) {
      case GoValue.Str(String text) -> text;
      default -> throw CallFailure.nilPointer();
    };
  }

  static long integer(List<GoValue> given, int index) {
    return given.get(index) instanceof GoValue.Int(long n, _) ? n : 0;
  }

  static GoDuration span(List<GoValue> given, int index) {
    return given.get(index) instanceof GoValue.Span(GoDuration span) ? span : new GoDuration(0);
  }

  static GoTime moment(List<GoValue> given, int index) {
    if (given.get(index) instanceof GoValue.Moment(GoTime time)) {
      return time;
    }
    throw CallFailure.nilPointer();
  }

  static GoValue.Sample sample(List<GoValue> given, int index) {
    if (given.get(index) instanceof GoValue.Sample sample) {
      return sample;
    }
    throw CallFailure.nilPointer();
  }

  /// `nil` is the empty result.
  static List<GoValue.Sample> samples(List<GoValue> given, int index) {
    return given.get(index) instanceof GoValue.Samples(List<GoValue.Sample> list)
        ? list
        : List.of();
  }

  /// What the humanizing functions take: a number, or a string that reads as one.
  static double number(GoValue value) {
    return switch (value) {
      case GoValue.Real(double d) -> d;
      case GoValue.Int(long n, _) -> n;
      case GoValue.Str(String text) -> parsed(text);
      case GoValue.Nil _,
          GoValue.Bool _,
          GoValue.Html _,
          GoValue.LabelMap _,
          GoValue.AnyMap _,
          GoValue.Sample _,
          GoValue.Samples _,
          GoValue.Root _,
          GoValue.Histogram _,
          GoValue.Moment _,
          GoValue.Span _,
          GoValue.Month _,
          GoValue.Weekday _ ->
          throw new CallFailure("can't convert " + value.typeName() + " to float");
    };
  }

  private static double parsed(String text) {
    boolean strayUnderscore = text.matches("(?s).*(^|[^0-9a-fA-FxX])_.*|.*_([^0-9a-fA-F].*|$)");
    String plain = strayUnderscore ? text : text.replace("_", "");
    String digits = plain.startsWith("+") || plain.startsWith("-") ? plain.substring(1) : plain;
    double sign = text.startsWith("-") ? -1 : 1;
    switch (digits.toLowerCase(Locale.ROOT)) {
      case "inf", "infinity" -> {
        return sign * Double.POSITIVE_INFINITY;
      }
      case "nan" -> {
        if (digits.length() == plain.length()) {
          return Double.NaN;
        }
      }
      default -> {}
    }
    String complaint = "strconv.ParseFloat: parsing " + Literals.quote(text);
    boolean decimal = digits.matches("([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    String mantissa = "0[xX]([0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)";
    if (!decimal && !digits.matches(mantissa + "[pP][+-]?[0-9]+")) {
      throw new CallFailure(complaint + ": invalid syntax");
    }
    double value = sign * Double.parseDouble(digits);
    if (Double.isInfinite(value)) {
      throw new CallFailure(complaint + ": value out of range");
    }
    return value;
  }

  /// As error messages show numbers.
  static String shown(double value) {
    return GoFloat.general(value);
  }
}
