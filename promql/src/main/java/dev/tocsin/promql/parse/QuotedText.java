package dev.tocsin.promql.parse;

import dev.tocsin.model.labels.LabelNames;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/// The spelling of strings: in quotes with Go's escapes, or in backticks as they are.
final class QuotedText {
  private static final int REPLACEMENT = 0xFFFD;

  private QuotedText() {}

  /// Passes a string of which the opening quote is already passed, checking its escapes.
  static void pass(Cursor cursor, int quote) {
    boolean raw = quote == '`';
    while (true) {
      int c = cursor.next();
      if (c == quote) {
        return;
      }
      if (c == Cursor.END || (c == '\n' && !raw)) {
        throw cursor.failure(
            ParseErrorKind.UNTERMINATED_STRING,
            raw ? "unterminated raw string" : "unterminated quoted string");
      }
      if (c == REPLACEMENT || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
        throw cursor.failure(ParseErrorKind.INVALID_UTF8, "invalid UTF-8 rune");
      }
      if (c == '\\' && !raw) {
        passEscape(cursor, quote);
      }
    }
  }

  private static void passEscape(Cursor cursor, int quote) {
    int c = cursor.next();
    if (c == quote) {
      return;
    }
    switch (c) {
      case 'a', 'b', 'f', 'n', 'r', 't', 'v', '\\' -> {}
      case '0', '1', '2', '3', '4', '5', '6', '7' -> passDigits(cursor, c - '0', 2, 8, 0xFF);
      case 'x' -> passDigits(cursor, 0, 2, 16, 0xFF);
      case 'u' -> passDigits(cursor, 0, 4, 16, Character.MAX_CODE_POINT);
      case 'U' -> passDigits(cursor, 0, 8, 16, Character.MAX_CODE_POINT);
      case Cursor.END ->
          throw cursor.failure(ParseErrorKind.INVALID_ESCAPE, "escape sequence not terminated");
      default ->
          throw cursor.failure(
              ParseErrorKind.INVALID_ESCAPE,
              "unknown escape sequence " + Cursor.shownWithNumber(c));
    }
  }

  private static void passDigits(Cursor cursor, int first, int count, int radix, int max) {
    long value = first;
    for (int i = 0; i < count; i++) {
      int c = cursor.next();
      if (c == Cursor.END) {
        throw cursor.failure(ParseErrorKind.INVALID_ESCAPE, "escape sequence not terminated");
      }
      int digit = c < 0x80 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        throw cursor.failure(
            ParseErrorKind.INVALID_ESCAPE,
            "illegal character " + Cursor.shownWithNumber(c) + " in escape sequence");
      }
      value = value * radix + digit;
    }
    boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
    if (value > max || surrogate) {
      throw cursor.failure(
          ParseErrorKind.INVALID_ESCAPE, "escape sequence is an invalid Unicode code point");
    }
  }

  /// The value of a string that [#pass] took. Escaped bytes that form no UTF-8 become halves of
  /// surrogate pairs, which no text holds: our strings hold characters, Prometheus's hold bytes.
  static String value(String quoted) {
    String inner = quoted.substring(1, quoted.length() - 1);
    if (quoted.charAt(0) == '`' || inner.indexOf('\\') < 0) {
      return inner;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(inner.length());
    int at = 0;
    while (at < inner.length()) {
      int c = inner.codePointAt(at);
      if (c == '\\') {
        at = appendEscape(inner, at + 1, out);
      } else {
        append(out, c);
        at += Character.charCount(c);
      }
    }
    return decoded(out.toByteArray());
  }

  private static String decoded(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    // At most one character for each byte.
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    while (result.isError()) {
      for (int i = 0; i < result.length(); i++) {
        out.put(LabelNames.ofByte(in.get() & 0xFF));
      }
      result = decoder.reset().decode(in, out, true);
    }
    return out.flip().toString();
  }

  /// Returns where the escape ends.
  private static int appendEscape(String inner, int at, ByteArrayOutputStream out) {
    char c = inner.charAt(at);
    switch (c) {
      case 'a' -> out.write(0x07);
      case 'b' -> out.write('\b');
      case 'f' -> out.write('\f');
      case 'n' -> out.write('\n');
      case 'r' -> out.write('\r');
      case 't' -> out.write('\t');
      case 'v' -> out.write(0x0b);
      case 'x' -> {
        out.write(Integer.parseInt(inner, at + 1, at + 3, 16));
        return at + 3;
      }
      case 'u' -> {
        append(out, Integer.parseInt(inner, at + 1, at + 5, 16));
        return at + 5;
      }
      case 'U' -> {
        append(out, Integer.parseInt(inner, at + 1, at + 9, 16));
        return at + 9;
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        out.write(Integer.parseInt(inner, at, at + 3, 8));
        return at + 3;
      }
      default -> out.write(c);
    }
    return at + 1;
  }

  private static void append(ByteArrayOutputStream out, int codePoint) {
    if (codePoint < 0x80) {
      out.write(codePoint);
    } else {
      out.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }
  }
}
