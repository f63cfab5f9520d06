package dev.tocsin.promql.parse;

import dev.tocsin.model.labels.LabelNames;
import java.util.Locale;

/// A place in the text of a query, and where the token being read starts.
final class Cursor {
  static final int END = -1;

  private final String text;
  private int start;
  private int at;

  Cursor(String text) {
    this.text = text;
  }

  /// Lets the next token start here.
  void mark() {
    start = at;
  }

  int start() {
    return start;
  }

  int at() {
    return at;
  }

  /// The text since the mark.
  String taken() {
    return text.substring(start, at);
  }

  /// The next code point, or END.
  int peek() {
    return at == text.length() ? END : text.codePointAt(at);
  }

  /// Passes the next code point and returns it, or END.
  int next() {
    int c = peek();
    if (c != END) {
      at += Character.charCount(c);
    }
    return c;
  }

  boolean accept(char c) {
    boolean here = peek() == c;
    at += here ? 1 : 0;
    return here;
  }

  boolean acceptAny(String chars) {
    boolean here = isAny(chars);
    at += here ? 1 : 0;
    return here;
  }

  /// Of ASCII characters.
  boolean isAny(String chars) {
    int c = peek();
    return c != END && chars.indexOf(c) >= 0;
  }

  void skipSpace() {
    while (isSpace(peek())) {
      at++;
    }
  }

  /// Passes letters, digits and underscores.
  void skipWord() {
    while (isWord(peek())) {
      at++;
    }
  }

  /// What follows the spaces that follow.
  int peekPastSpace() {
    int i = at;
    while (i < text.length() && isSpace(text.charAt(i))) {
      i++;
    }
    return i == text.length() ? END : text.codePointAt(i);
  }

  Token token(TokenKind kind) {
    return new Token(kind, taken(), start, at);
  }

  ParseException failure(ParseErrorKind kind, String reason) {
    return new ParseException(text, kind, start, text.length(), reason);
  }

  static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(int c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isWord(int c) {
    return isLetter(c) || isDigit(c);
  }

  /// In single quotes, as Go's `%q` shows a rune; the end of the text is the replacement character.
  static String shown(int c) {
    if (c == END || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      return "'\ufffd'";
    }
    if (c == '\'') {
      return "'\\''";
    }
    if (c == '"') {
      return "'\"'";
    }
    String quoted = LabelNames.quote(Character.toString(c));
    return "'" + quoted.substring(1, quoted.length() - 1) + "'";
  }

  /// As Go's `%#U`: `U+002E '.'`.
  static String shownWithNumber(int c) {
    String number = String.format(Locale.ROOT, "U+%04X", c);
    String shown = shown(c);
    boolean printable = !shown.startsWith("'\\") || c == '\'' || c == '\\';
    return printable ? number + " '" + Character.toString(c) + "'" : number;
  }
}
