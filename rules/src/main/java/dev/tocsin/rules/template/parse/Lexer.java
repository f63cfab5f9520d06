package dev.tocsin.rules.template.parse;

import dev.tocsin.rules.template.parse.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Cuts a template into tokens. Comments vanish; trim markers have eaten their spaces when the
/// tokens come out.
final class Lexer {
  private static final String LEFT = "{{";
  private static final String RIGHT = "}}";
  private static final Set<String> KEYWORDS =
      Set.of(
          "block", "break", "continue", "define", "else", "end", "if", "range", "template", "with");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int parenDepth;

  private Lexer(String text) {
    this.text = text;
  }

  /// All tokens, ending in [Kind#END_OF_TEXT]. A mistake ends the list with what is before it: the
  /// parser must get to complain about an earlier one first.
  static Lexed lex(String text) {
    Lexer lexer = new Lexer(text);
    try {
      lexer.run();
      return new Lexed(List.copyOf(lexer.tokens), null);
    } catch (SyntaxError e) {
      return new Lexed(List.copyOf(lexer.tokens), e);
    }
  }

  record Lexed(List<Token> tokens, @org.jspecify.annotations.Nullable SyntaxError mistake) {}

  private void run() {
    while (true) {
      int left = text.indexOf(LEFT, at);
      if (left < 0) {
        emitText(at, text.length());
        tokens.add(new Token(Kind.END_OF_TEXT, text.length(), ""));
        return;
      }
      boolean trims = isTrimMarker(left + 2) && isSpace(charAt(left + 3));
      emitText(at, trims ? trimmedEnd(at, left) : left);
      at = left + (trims ? 4 : 2);
      if (text.startsWith("/*", at)) {
        skipComment(left);
      } else {
        tokens.add(new Token(Kind.LEFT_DELIMITER, left, LEFT));
        parenDepth = 0;
        lexAction();
      }
    }
  }

  private void emitText(int from, int to) {
    if (to > from) {
      tokens.add(new Token(Kind.TEXT, from, text.substring(from, to)));
    }
  }

  private int trimmedEnd(int from, int to) {
    int end = to;
    while (end > from && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private void skipComment(int left) {
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      throw new SyntaxError("unclosed comment", left);
    }
    at = end + 2;
    if (!closesAction()) {
      throw new SyntaxError("comment ends before closing delimiter", left);
    }
    passRightDelimiter();
  }

  /// At `}}`, or at a space and `-}}`.
  private boolean closesAction() {
    return text.startsWith(RIGHT, at) || closesTrimming();
  }

  private boolean closesTrimming() {
    return isSpace(charAt(at)) && isTrimMarker(at + 1) && text.startsWith(RIGHT, at + 2);
  }

  private void passRightDelimiter() {
    if (text.startsWith(RIGHT, at)) {
      at += 2;
      return;
    }
    at += 4;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
  }

  private void lexAction() {
    while (!closesAction()) {
      if (at >= text.length()) {
        throw new SyntaxError("unclosed action", at);
      }
      lexInAction();
    }
    if (parenDepth > 0) {
      throw new SyntaxError("unclosed left paren", at);
    }
    tokens.add(new Token(Kind.RIGHT_DELIMITER, at, RIGHT));
    passRightDelimiter();
  }

  private void lexInAction() {
    int c = text.codePointAt(at);
    switch (c) {
      case ' ', '\t', '\r', '\n' -> lexSpace();
      case '=' -> emit(Kind.ASSIGN, at + 1);
      case '|' -> emit(Kind.PIPE, at + 1);
      case ':' -> {
        if (charAt(at + 1) != '=') {
          throw new SyntaxError("expected :=", at);
        }
        emit(Kind.DECLARE, at + 2);
      }
      case '"' -> emit(Kind.STRING, quotedEnd('"', "unterminated quoted string"));
      case '\'' -> emit(Kind.CHAR_CONSTANT, quotedEnd('\'', "unterminated character constant"));
      case '`' -> {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
          throw new SyntaxError("unterminated raw quoted string", at);
        }
        emit(Kind.RAW_STRING, end + 1);
      }
      case '$' -> lexName(Kind.VARIABLE);
      case '(' -> {
        parenDepth++;
        emit(Kind.LEFT_PAREN, at + 1);
      }
      case ')' -> {
        if (--parenDepth < 0) {
          throw new SyntaxError("unexpected right paren", at);
        }
        emit(Kind.RIGHT_PAREN, at + 1);
      }
      default -> lexWord(c);
    }
  }

  private void lexWord(int c) {
    if (c == '.' && !isDigit(charAt(at + 1))) {
      lexName(Kind.FIELD);
    } else if (c == '.' || c == '+' || c == '-' || isDigit(c)) {
      lexNumber();
    } else if (isAlphanumeric(c)) {
      lexIdentifier();
    } else if (c > ' ' && c < 0x7f) {
      emit(Kind.CHARACTER, at + 1);
    } else {
      throw new SyntaxError("unrecognized character in action: " + unicode(c), at);
    }
  }

  private void emit(Kind kind, int end) {
    tokens.add(new Token(kind, at, text.substring(at, end)));
    at = end;
  }

  private void lexSpace() {
    int end = at;
    while (end < text.length() && isSpace(text.charAt(end))) {
      end++;
    }
    // The last space may belong to a closing trim marker.
    if (isTrimMarker(end) && text.startsWith(RIGHT, end + 1)) {
      end--;
    }
    if (end > at) {
      emit(Kind.SPACE, end);
    }
  }

  private int quotedEnd(char quote, String complaint) {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '\n') {
      char c = text.charAt(end);
      if (c == quote) {
        return end + 1;
      }
      boolean escapes = c == '\\' && end + 1 < text.length() && text.charAt(end + 1) != '\n';
      end += escapes ? 2 : 1;
    }
    throw new SyntaxError(complaint, at);
  }

  /// `$name` or `.name`; also the bare `$` and `.`.
  private void lexName(Kind kind) {
    int end = wordEnd(at + 1);
    if (end == at + 1) {
      if (kind == Kind.FIELD) {
        requireTerminator(end);
        emit(Kind.DOT, end);
        return;
      }
    }
    requireTerminator(end);
    emit(kind, end);
  }

  private void lexIdentifier() {
    int end = wordEnd(at);
    requireTerminator(end);
    String word = text.substring(at, end);
    Kind kind =
        switch (word) {
          case "true", "false" -> Kind.BOOL;
          case "nil" -> Kind.NIL;
          default -> KEYWORDS.contains(word) ? Kind.KEYWORD : Kind.IDENTIFIER;
        };
    emit(kind, end);
  }

  private int wordEnd(int from) {
    int end = from;
    while (end < text.length() && isAlphanumeric(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private void requireTerminator(int end) {
    if (end >= text.length() || text.startsWith(RIGHT, end)) {
      return;
    }
    int c = text.codePointAt(end);
    if (!isSpace(c) && ".,|:)(".indexOf(c) < 0) {
      throw new SyntaxError("bad character " + unicode(c), at);
    }
  }

  private void lexNumber() {
    int end = at;
    if (charAt(end) == '+' || charAt(end) == '-') {
      end++;
    }
    String digits = "0123456789_";
    boolean isHex = false;
    if (charAt(end) == '0') {
      int base = Character.toLowerCase(charAt(end + 1));
      isHex = base == 'x';
      digits =
          switch (base) {
            case 'x' -> "0123456789abcdefABCDEF_";
            case 'o' -> "01234567_";
            case 'b' -> "01_";
            default -> digits;
          };
      end += base == 'x' || base == 'o' || base == 'b' ? 2 : 0;
    }
    end = runEnd(end, digits);
    if (charAt(end) == '.') {
      end = runEnd(end + 1, digits);
    }
    int exponent = Character.toLowerCase(charAt(end));
    if (isHex ? exponent == 'p' : exponent == 'e' && digits.length() == 11) {
      end++;
      end += charAt(end) == '+' || charAt(end) == '-' ? 1 : 0;
      end = runEnd(end, "0123456789_");
    }
    if (end < text.length() && isAlphanumeric(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
      throw new SyntaxError("bad number syntax: " + Literals.quote(text.substring(at, end)), at);
    }
    emit(Kind.NUMBER, end);
  }

  private int runEnd(int from, String allowed) {
    int end = from;
    while (end < text.length() && allowed.indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private boolean isTrimMarker(int index) {
    return charAt(index) == '-';
  }

  /// 0 past the end.
  private char charAt(int index) {
    return index < text.length() ? text.charAt(index) : 0;
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isAlphanumeric(int c) {
    return c == '_'
        || Character.isLetter(c)
        || Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
  }

  /// As `U+00A0` or `U+0021 '!'`.
  private static String unicode(int c) {
    String code = String.format(Locale.ROOT, "U+%04X", c);
    return Literals.isPrintable(c) ? code + " '" + Character.toString(c) + "'" : code;
  }
}
