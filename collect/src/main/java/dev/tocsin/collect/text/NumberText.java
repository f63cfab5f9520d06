package dev.tocsin.collect.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tocsin.model.batch.StaleMarker;

/// Reads floating point numbers out of bytes as Prometheus does: Go's decimal numbers and the words
/// `NaN`, `Inf` and `Infinity` in any case, without Go's hexadecimal numbers and underscores. The
/// result is the nearest double, as from [Double#parseDouble]. Makes no object but for the few
/// numbers that [EiselLemire] does not know. One thread.
final class NumberText {
  /// A double holds all integers up to it.
  private static final long EXACT_MAX = 1L << 53;

  /// Beyond it another digit does not fit into the lower 64 bits, unsigned.
  private static final int DIGITS_MAX = 19;

  /// More does not change the result: no body has so many digits.
  private static final int EXPONENT_MAX = 100_000_000;

  /// These are exact.
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private byte[] bytes = new byte[0];
  private int at;
  private int end;
  private double value;

  /// The first digits that matter, at most [#DIGITS_MAX].
  private long digits;

  private int digitCount;
  private boolean anyDigit;

  /// Whether digits were left out that are not zero.
  private boolean isCut;

  private int exponent;

  /// Whether all of these bytes are a number; then [#value] is it. `NaN` is Prometheus's, whatever
  /// it was written like.
  TextFault read(byte[] from, int start, int stop) {
    bytes = from;
    at = start;
    end = stop;
    boolean signed = at < end && (bytes[at] == '-' || bytes[at] == '+');
    boolean negative = signed && bytes[at] == '-';
    at += signed ? 1 : 0;
    if (at < end && isLetter(bytes[at])) {
      return word(signed, negative);
    }
    if (!decimal()) {
      return TextFault.NOT_A_NUMBER;
    }
    double size = size(start);
    value = negative ? -size : size;
    return Double.isInfinite(size) ? TextFault.OUT_OF_RANGE : TextFault.NONE;
  }

  double value() {
    return value;
  }

  /// Keeps no body alive.
  void forget() {
    bytes = new byte[0];
  }

  private static boolean isLetter(byte b) {
    return (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
  }

  private TextFault word(boolean signed, boolean negative) {
    if (isWord("nan") && !signed) {
      value = StaleMarker.withNormalNan(Double.NaN);
      return TextFault.NONE;
    }
    if (isWord("inf") || isWord("infinity")) {
      value = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      return TextFault.NONE;
    }
    return TextFault.NOT_A_NUMBER;
  }

  private boolean isWord(String word) {
    if (end - at != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((bytes[at + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Digits with at most one point among them, and an exponent.
  private boolean decimal() {
    digits = 0;
    digitCount = 0;
    anyDigit = false;
    isCut = false;
    exponent = 0;
    boolean fraction = false;
    while (at < end) {
      byte b = bytes[at];
      if (b == '.' && !fraction) {
        fraction = true;
      } else if (b >= '0' && b <= '9') {
        digit(b - '0', fraction);
      } else {
        break;
      }
      at++;
    }
    return anyDigit && (at == end || exponent()) && at == end;
  }

  private void digit(int digit, boolean fraction) {
    anyDigit = true;
    if (digitCount == DIGITS_MAX) {
      isCut |= digit != 0;
      exponent += fraction ? 0 : 1;
      return;
    }
    exponent -= fraction ? 1 : 0;
    digits = 10 * digits + digit;
    // Zeros in front do not matter.
    digitCount += digits == 0 ? 0 : 1;
  }

  private boolean exponent() {
    if ((bytes[at] | 0x20) != 'e') {
      return false;
    }
    at++;
    boolean negative = at < end && bytes[at] == '-';
    if (at < end && (negative || bytes[at] == '+')) {
      at++;
    }
    int from = at;
    int power = 0;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      power = Math.min(EXPONENT_MAX, 10 * power + bytes[at] - '0');
      at++;
    }
    exponent += negative ? -power : power;
    return at > from;
  }

  /// @param start where the number begins, with its sign
  private double size(int start) {
    if (digits == 0) {
      return 0;
    }
    // Where digits were left out, there are more than a double holds.
    boolean isExact = digits > 0 && digits <= EXACT_MAX;
    if (isExact && exponent >= 0 && exponent < POWERS.length) {
      return (double) digits * POWERS[exponent];
    }
    if (isExact && exponent < 0 && -exponent < POWERS.length) {
      return (double) digits / POWERS[-exponent];
    }
    long bits = EiselLemire.bits(digits, exponent);
    // What was left out lies between these two.
    boolean isKnown =
        bits != EiselLemire.UNKNOWN && (!isCut || bits == EiselLemire.bits(digits + 1, exponent));
    return isKnown
        ? Double.longBitsToDouble(bits)
        : Math.abs(Double.parseDouble(new String(bytes, start, end - start, ISO_8859_1)));
  }
}
