package dev.tocsin.rules.template.parse;

import java.util.Locale;
import java.util.Optional;

/// Go's string and character literals, read and written.
public final class Literals {
  private Literals() {}

  /// In double quotes, as Go's `strconv.Quote`.
  public static String quote(String text) {
    return quote(text, '"', false);
  }

  /// @param asciiOnly whether everything else is escaped too
  public static String quote(String text, char quote, boolean asciiOnly) {
    StringBuilder out = new StringBuilder(text.length() + 2).append(quote);
    text.codePoints().forEach(c -> escape(out, c, quote, asciiOnly));
    return out.append(quote).toString();
  }

  private static void escape(StringBuilder out, int c, char quote, boolean asciiOnly) {
    if (c == quote || c == '\\') {
      out.append('\\').appendCodePoint(c);
      return;
    }
    if (c < 0x80 ? c >= ' ' && c < 0x7f : !asciiOnly && isPrintable(c)) {
      out.appendCodePoint(c);
      return;
    }
    int letter = "\007\b\f\n\r\t\013".indexOf(c);
    if (letter >= 0) {
      out.append('\\').append("abfnrtv".charAt(letter));
    } else if (c < ' ' || c == 0x7f) {
      out.append(String.format(Locale.ROOT, "\\x%02x", c));
    } else {
      out.append(String.format(Locale.ROOT, c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
    }
  }

  /// Letters, marks, numbers, punctuation, symbols and the ASCII space.
  public static boolean isPrintable(int c) {
    return c == ' '
        || switch (Character.getType(c)) {
          case Character.UNASSIGNED,
              Character.CONTROL,
              Character.FORMAT,
              Character.PRIVATE_USE,
              Character.SURROGATE,
              Character.SPACE_SEPARATOR,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }

  /// The text of a literal in double, single or back quotes; empty where an escape is wrong.
  static Optional<String> unquote(String literal) {
    char quote = literal.charAt(0);
    String inner = literal.substring(1, literal.length() - 1);
    if (quote == '`') {
      return Optional.of(inner.replace("\r", ""));
    }
    StringBuilder out = new StringBuilder(inner.length());
    int at = 0;
    while (at < inner.length()) {
      if (inner.charAt(at) != '\\') {
        out.append(inner.charAt(at++));
        continue;
      }
      int next = unescape(inner, at + 1, quote, out);
      if (next < 0) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.of(out.toString());
  }

  /// The offset behind the escape, or -1 where it is wrong. A byte above 0x7f (`\xff`) becomes the
  /// character of that number: texts here are characters, not bytes.
  private static int unescape(String text, int at, char quote, StringBuilder out) {
    if (at >= text.length()) {
      return -1;
    }
    char c = text.charAt(at);
    int letter = "abfnrtv\\".indexOf(c);
    if (letter >= 0) {
      out.append("\007\b\f\n\r\t\013\\".charAt(letter));
      return at + 1;
    }
    if (c == quote) {
      out.append(quote);
      return at + 1;
    }
    return switch (c) {
      case 'x' -> number(text, at + 1, 2, 16, out);
      case 'u' -> number(text, at + 1, 4, 16, out);
      case 'U' -> number(text, at + 1, 8, 16, out);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> number(text, at, 3, 8, out);
      default -> -1;
    };
  }

  private static int number(String text, int at, int digits, int radix, StringBuilder out) {
    if (at + digits > text.length()) {
      return -1;
    }
    long code = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = Character.digit(text.charAt(i), radix);
      if (digit < 0 || text.charAt(i) > 0x7f) {
        return -1;
      }
      code = code * radix + digit;
    }
    boolean isSurrogate = code >= 0xd800 && code < 0xe000;
    if (code > Character.MAX_CODE_POINT || isSurrogate || (radix == 8 && code > 255)) {
      return -1;
    }
    out.appendCodePoint((int) code);
    return at + digits;
  }
}
