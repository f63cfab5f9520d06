package dev.tocsin.promql.series;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place in the text of a description, and the pieces that all its readers share.
final class Cursor {
  private static final char END = '\0';

  // No groups repeat: they would recurse, and texts are long at times.
  private static final Pattern NUMBER =
      Pattern.compile("(?:[0-9][0-9_]*\\.?[0-9_]*|\\.[0-9][0-9_]*)(?:[eE][+-]?[0-9_]+)?");
  private static final Pattern LOOSE_UNDERSCORE = Pattern.compile("(?<![0-9])_|_(?![0-9])");
  private static final Pattern OCTAL = Pattern.compile("0[0-7]{1,20}");

  /// Digits of a count; more are beyond any limit.
  private static final int COUNT_DIGITS_MAX = 9;

  private final String text;
  private int at;

  Cursor(String text) {
    this.text = text;
  }

  int at() {
    return at;
  }

  void moveTo(int position) {
    at = position;
  }

  boolean ended() {
    return at >= text.length();
  }

  /// The next character; NUL at the end.
  char peek() {
    return ended() ? END : text.charAt(at);
  }

  String from(int start) {
    return text.substring(start, at);
  }

  boolean accept(String piece) {
    boolean here = text.startsWith(piece, at);
    at += here ? piece.length() : 0;
    return here;
  }

  void expect(String piece, String context) {
    if (!accept(piece)) {
      throw unexpected(context, "\"" + piece + "\"");
    }
  }

  void skipSpaces() {
    while (isSpace(peek())) {
      at++;
    }
  }

  void skip() {
    at++;
  }

  /// The letters, digits and underscores that follow.
  String word() {
    int start = at;
    while (isWord(peek())) {
      at++;
    }
    return from(start);
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  static boolean isWord(char c) {
    return isLetter(c) || (c >= '0' && c <= '9');
  }

  static boolean isLetter(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /// A number with an optional sign.
  double signedNumber(String context) {
    boolean minus = accept("-");
    if (!minus) {
      accept("+");
    }
    double value = number(context);
    return minus ? -value : value;
  }

  /// A number without sign: `1.5`, `1e3`, `017` (octal), `Inf`, `NaN`.
  double number(String context) {
    int start = at;
    if (isLetter(peek())) {
      return special(word(), start, context);
    }
    Matcher matcher = NUMBER.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw unexpected(context, "a number");
    }
    at = matcher.end();
    String written = from(start);
    boolean cutOff = isWord(peek()) && peek() != 'x';
    if (cutOff || LOOSE_UNDERSCORE.matcher(written).find()) {
      word();
      throw failure(start, "\"" + from(start) + "\" is not a number in " + context);
    }
    String digits = written.replace("_", "");
    return OCTAL.matcher(digits).matches()
        ? (double) Long.parseLong(digits, 8)
        : Double.parseDouble(digits);
  }

  private double special(String word, int start, String context) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> throw failure(start, "\"" + word + "\" is not a number in " + context);
    };
  }

  /// A whole number with an optional minus.
  int integer(String context) {
    int start = at;
    int sign = accept("-") ? -1 : 1;
    return sign * digits(start, context);
  }

  /// A whole number.
  int count(String context) {
    return digits(at, context);
  }

  private int digits(int start, String context) {
    int first = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == first || isWord(peek())) {
      word();
      throw failure(start, "\"" + from(start) + "\" is not a whole number in " + context);
    }
    if (at - first > COUNT_DIGITS_MAX) {
      throw failure(start, from(start) + " is too large in " + context);
    }
    return Integer.parseInt(from(first));
  }

  SeriesSyntaxException unexpected(String context, String expected) {
    String found = ended() ? "the line ends" : "unexpected \"" + text.charAt(at) + "\"";
    return failure(at, found + " in " + context + ", expected " + expected);
  }

  SeriesSyntaxException failure(int position, String reason) {
    return new SeriesSyntaxException(position + 1, reason);
  }
}
