package dev.tocsin.rules.template;

import dev.tocsin.rules.template.format.ValueText;
import dev.tocsin.rules.template.value.GoValue;
import java.util.List;

/// Go's comparison functions: only values of the same basic kind can be compared, so that `eq 1
/// 1.0` is an error.
final class Comparison {
  private enum Kind {
    BOOL,
    INT,
    FLOAT,
    STRING,
    OTHER
  }

  private Comparison() {}

  /// Whether the first equals any of the others.
  static boolean equal(GoValue first, List<GoValue> others) {
    if (others.isEmpty()) {
      throw new CallFailure("missing argument for comparison");
    }
    for (GoValue other : others) {
      if (isEqual(first, other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEqual(GoValue first, GoValue other) {
    if (kind(first) != kind(other)) {
      if (first instanceof GoValue.Nil || other instanceof GoValue.Nil) {
        return false;
      }
      throw incompatible();
    }
    return switch (kind(first)) {
      case FLOAT -> number(first) == number(other);
      case INT -> integer(first) == integer(other);
      case STRING -> string(first).equals(string(other));
      case BOOL -> first.equals(other);
      case OTHER -> {
        if (isMapOrList(first) || isMapOrList(other)) {
          throw new CallFailure(
              "non-comparable types " + described(first) + ", " + described(other));
        }
        yield first.equals(other);
      }
    };
  }

  private static boolean isMapOrList(GoValue value) {
    return value instanceof GoValue.LabelMap
        || value instanceof GoValue.AnyMap
        || value instanceof GoValue.Samples
        || value instanceof GoValue.Root;
  }

  private static String described(GoValue value) {
    return ValueText.of(value, Run.TEXT_MAX) + ": " + value.typeName();
  }

  static boolean less(GoValue left, GoValue right) {
    Kind kind = basic(left);
    if (kind != basic(right)) {
      throw incompatible();
    }
    return switch (kind) {
      case FLOAT -> number(left) < number(right);
      case INT -> integer(left) < integer(right);
      case STRING -> compareUtf8(string(left), string(right)) < 0;
      case BOOL, OTHER -> throw invalid();
    };
  }

  static boolean lessOrEqual(GoValue left, GoValue right) {
    return less(left, right) || isEqual(left, right);
  }

  /// By code point, which is the order of the bytes Go compares.
  static int compareUtf8(String left, String right) {
    int[] a = left.codePoints().toArray();
    int[] b = right.codePoints().toArray();
    return java.util.Arrays.compare(a, b);
  }

  private static Kind basic(GoValue value) {
    Kind kind = kind(value);
    if (kind == Kind.OTHER) {
      throw invalid();
    }
    return kind;
  }

  private static Kind kind(GoValue value) {
    return switch (value) {
      case GoValue.Bool _ -> Kind.BOOL;
      case GoValue.Int _, GoValue.Month _, GoValue.Weekday _ -> Kind.INT;
      case GoValue.Real _ -> Kind.FLOAT;
      case GoValue.Str _, GoValue.Html _ -> Kind.STRING;
      case GoValue.Nil _,
          GoValue.LabelMap _,
          GoValue.AnyMap _,
          GoValue.Sample _,
          GoValue.Samples _,
          GoValue.Root _,
          GoValue.Histogram _,
          GoValue.Moment _,
          GoValue.Span _ ->
          Kind.OTHER;
    };
  }

  private static double number(GoValue value) {
    return value instanceof GoValue.Real(double d) ? d : Double.NaN;
  }

  private static long integer(GoValue value) {
    return switch (value) {
      case GoValue.Int(long n, _) -> n;
      case GoValue.Month(int n) -> n;
      case GoValue.Weekday(int n) -> n;
      default -> throw invalid();
    };
  }

  private static String string(GoValue value) {
    return switch (value) {
      case GoValue.Str(String text) -> text;
      case GoValue.Html(String text) -> text;
      default -> throw invalid();
    };
  }

  private static CallFailure incompatible() {
    return new CallFailure("incompatible types for comparison");
  }

  private static CallFailure invalid() {
    return new CallFailure("invalid type for comparison");
  }
}
