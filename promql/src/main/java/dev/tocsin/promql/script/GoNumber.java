package dev.tocsin.promql.script;

import dev.tocsin.promql.eval.number.GoMath;
import org.jspecify.annotations.Nullable;

/// A number as a whole line: an integer with Go's prefixes (`0x1f`, `0o17`, `017`, `0b1`), or a
/// float.
final class GoNumber {
  private GoNumber() {}

  /// Null where the text is no number.
  static @Nullable Double parse(String text) {
    Double integer = integer(text);
    if (integer != null) {
      return integer;
    }
    boolean[] ok = new boolean[1];
    double value = GoMath.parse(text, ok);
    return ok[0] ? value : null;
  }

  private static @Nullable Double integer(String text) {
    boolean minus = text.startsWith("-");
    String body = minus || text.startsWith("+") ? text.substring(1) : text;
    int radix = radix(body);
    String digits = radix == 10 ? body : body.substring(Character.isDigit(body.charAt(1)) ? 1 : 2);
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) >= 0x80 || Character.digit(digits.charAt(i), radix) < 0) {
        return null;
      }
    }
    try {
      long value = Long.parseLong(digits, radix);
      return (double) (minus ? -value : value);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private static int radix(String body) {
    if (body.length() < 2 || body.charAt(0) != '0') {
      return 10;
    }
    return switch (body.charAt(1)) {
      case 'x', 'X' -> 16;
      case 'b', 'B' -> 2;
      case 'o', 'O', '0', '1', '2', '3', '4', '5', '6', '7' -> 8;
      default -> 10;
    };
  }
}
