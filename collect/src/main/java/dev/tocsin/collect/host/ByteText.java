package dev.tocsin.collect.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A cursor over the lines and words of a small text, straight on its bytes. Makes no objects but
/// where it is asked for a String. One thread.
final class ByteText {
  private static final double[] POWERS_OF_TEN = new double[19];

  static {
    double power = 1;
    for (int i = 0; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = power;
      power *= 10;
    }
  }

  private byte[] bytes = new byte[0];
  private int lineFrom;
  private int lineTo;
  private int next;
  private int from;
  private int to;

  ByteText over(byte[] text) {
    bytes = text;
    lineFrom = 0;
    lineTo = 0;
    next = 0;
    from = 0;
    to = 0;
    return this;
  }

  byte[] bytes() {
    return bytes;
  }

  /// Goes to the next line; false at the end.
  boolean line() {
    if (next >= bytes.length) {
      return false;
    }
    lineFrom = next;
    int at = next;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    lineTo = at;
    next = at + 1;
    from = lineFrom;
    to = lineFrom;
    return true;
  }

  int lineFrom() {
    return lineFrom;
  }

  int lineTo() {
    return lineTo;
  }

  /// Goes to the next word of the line; false where there is none.
  boolean word() {
    int at = to;
    while (at < lineTo && isBlank(bytes[at])) {
      at++;
    }
    from = at;
    while (at < lineTo && !isBlank(bytes[at])) {
      at++;
    }
    to = at;
    return from < to;
  }

  /// Skips that many words.
  boolean skip(int words) {
    for (int i = 0; i < words; i++) {
      if (!word()) {
        return false;
      }
    }
    return true;
  }

  /// Makes this part of the line the word.
  void wordAt(int start, int end) {
    from = start;
    to = end;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /// Where the word begins.
  int from() {
    return from;
  }

  /// Behind the word.
  int to() {
    return to;
  }

  boolean startsWith(byte[] prefix) {
    return to - from >= prefix.length
        && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
  }

  boolean is(byte[] word) {
    return Arrays.equals(bytes, from, to, word, 0, word.length);
  }

  /// The word; what is not UTF-8 is replaced.
  String text() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /// The next word as a number.
  double nextNumber() throws IOException {
    if (!word()) {
      throw new IOException("a number is missing in " + lineText());
    }
    return number();
  }

  /// The word as a number: decimal, with a fraction or without, or hexadecimal with `0x`.
  double number() throws IOException {
    return number(from, to);
  }

  double number(int start, int end) throws IOException {
    int at = start;
    boolean minus = at < end && bytes[at] == '-';
    if (minus) {
      at++;
    }
    long mantissa = 0;
    int digits = 0;
    int fraction = -1;
    for (; at < end; at++) {
      byte b = bytes[at];
      if (b == '.' && fraction < 0) {
        fraction = 0;
      } else if (b >= '0' && b <= '9' && digits < 18) {
        mantissa = mantissa * 10 + (b - '0');
        digits++;
        fraction += fraction < 0 ? 0 : 1;
      } else {
        return slowNumber(start, end);
      }
    }
    if (digits == 0) {
      return slowNumber(start, end);
    }
    double value = fraction > 0 ? mantissa / POWERS_OF_TEN[fraction] : mantissa;
    return minus ? -value : value;
  }

  /// The word as an unsigned hexadecimal number of at most 16 digits, without a prefix.
  double hex() throws IOException {
    return hex(from, to);
  }

  private double hex(int start, int end) throws IOException {
    long value = 0;
    for (int at = start; at < end; at++) {
      int digit = Character.digit(bytes[at], 16);
      if (digit < 0 || end - start > 15) {
        throw notANumber(start, end);
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private double slowNumber(int start, int end) throws IOException {
    if (end - start > 2 && bytes[start] == '0' && bytes[start + 1] == 'x') {
      return hex(start + 2, end);
    }
    try {
      return Double.parseDouble(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
    } catch (NumberFormatException _) {
      throw notANumber(start, end);
    }
  }

  private IOException notANumber(int start, int end) {
    int shown = Math.min(end, start + 40);
    String word = new String(bytes, start, shown - start, StandardCharsets.UTF_8);
    return new IOException("\"" + word + "\" is not a number");
  }

  private String lineText() {
    int shown = Math.min(lineTo, lineFrom + 80);
    return "\"" + new String(bytes, lineFrom, shown - lineFrom, StandardCharsets.UTF_8) + "\"";
  }
}
