package dev.tocsin.rules.template.parse;

import dev.tocsin.rules.template.value.GoValue;
import java.util.Locale;

/// Number and character literals.
final class Numbers {
  private Numbers() {}

  /// An `int`, or a `float64` where the literal has a dot or an exponent.
  static GoValue parse(String text, int at) {
    String digits = text.replace("_", "");
    String size = digits.startsWith("+") || digits.startsWith("-") ? digits.substring(1) : digits;
    String lower = size.toLowerCase(Locale.ROOT);
    boolean isHex = lower.startsWith("0x");
    boolean isFloat = lower.indexOf('.') >= 0 || lower.indexOf(isHex ? 'p' : 'e') >= 0;
    try {
      if (isFloat) {
        return new GoValue.Real(Double.parseDouble(digits));
      }
      return GoValue.Int.of(integer(digits.startsWith("-") ? "-" : "", lower));
    } catch (NumberFormatException _) {
      boolean tooLarge = !isFloat && lower.matches("0x[0-9a-f]+|0o?[0-7]+|0b[01]+|[0-9]+");
      String reason = tooLarge ? "integer overflow: " : "illegal number syntax: ";
      throw new SyntaxError(reason + Literals.quote(text), at);
    }
  }

  private static long integer(String sign, String size) {
    int radix =
        size.startsWith("0x") ? 16 : size.startsWith("0b") ? 2 : size.startsWith("0") ? 8 : 10;
    boolean hasPrefix = size.length() > 1 && "xbo".indexOf(size.charAt(1)) >= 0;
    String digits = hasPrefix ? size.substring(2) : size;
    if (digits.startsWith("+") || digits.startsWith("-")) {
      throw new NumberFormatException(digits);
    }
    return Long.parseLong(sign + digits, radix);
  }

  /// A character is an `int`.
  static GoValue character(String literal, int at) {
    String text = Literals.unquote(literal).orElse("");
    if (text.isEmpty() || text.codePointCount(0, text.length()) != 1) {
      throw new SyntaxError("malformed character constant: " + literal, at);
    }
    return GoValue.Int.of(text.codePointAt(0));
  }
}
