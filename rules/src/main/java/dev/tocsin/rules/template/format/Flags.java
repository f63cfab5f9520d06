package dev.tocsin.rules.template.format;

/// What stands between the percent sign and the verb.
///
/// @param width at least so many characters; negative where not given
/// @param precision negative where not given
record Flags(
    boolean plus,
    boolean minus,
    boolean sharp,
    boolean space,
    boolean zero,
    int width,
    int precision) {
  static final Flags NONE = new Flags(false, false, false, false, false, -1, -1);

  boolean hasPrecision() {
    return precision >= 0;
  }

  Flags withoutZero() {
    return new Flags(plus, minus, sharp, space, false, width, precision);
  }

  Flags withoutPrecision() {
    return new Flags(plus, minus, sharp, space, zero, width, -1);
  }

  Flags withWidth(int newWidth) {
    return new Flags(plus, minus, sharp, space, zero, newWidth, precision);
  }

  /// Filled up to the width, on the right where `-` says so; with zeros where `0` does.
  String pad(String text) {
    int missing = width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    if (minus) {
      return text + " ".repeat(missing);
    }
    return (zero ? "0" : " ").repeat(missing) + text;
  }

  /// A number: its sign stands before the zeros.
  String padNumber(String sign, String size) {
    boolean fills = zero && !minus && width > sign.length() + size.length();
    return fills
        ? sign + "0".repeat(width - sign.length() - size.length()) + size
        : withoutZero().pad(sign + size);
  }

  String sign(boolean negative) {
    return negative ? "-" : plus ? "+" : space ? " " : "";
  }
}
