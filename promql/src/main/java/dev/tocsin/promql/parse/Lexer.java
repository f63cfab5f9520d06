package dev.tocsin.promql.parse;

import org.jspecify.annotations.Nullable;

/// Cuts the text of a query into tokens. What a character means depends on where it stands: inside
/// of braces every word is a plain name, inside of brackets only durations and their arithmetic are
/// known.
final class Lexer {
  private enum Place {
    STATEMENT,
    BRACES,
    DURATION
  }

  private final Cursor cursor;
  private Place place = Place.STATEMENT;
  private int parens;
  private boolean inBrackets;
  private boolean colonSeen;
  private boolean durationSeen;

  Lexer(String text) {
    this.cursor = new Cursor(text);
  }

  /// The next token; at the end, END_OF_INPUT. Throws [ParseException].
  Token next() {
    while (true) {
      cursor.mark();
      Token token =
          switch (place) {
            case STATEMENT -> statement();
            case BRACES -> braces();
            case DURATION -> duration();
          };
      if (token != null) {
        return token;
      }
    }
  }

  /// Null where spaces or a comment were passed.
  private @Nullable Token statement() {
    int c = cursor.next();
    return switch (c) {
      case Cursor.END -> end();
      case ' ', '\t', '\n', '\r' -> space();
      case '#' -> comment();
      case '=' -> equalSign();
      case '!' -> notEqualSign();
      case '<' -> compared(TokenKind.LT, TokenKind.LTE, TokenKind.TRIM_UPPER);
      case '>' -> compared(TokenKind.GT, TokenKind.GTE, TokenKind.TRIM_LOWER);
      case '"', '\'', '`' -> string(c);
      case '{' -> {
        place = Place.BRACES;
        yield cursor.token(TokenKind.LEFT_BRACE);
      }
      case '[' -> leftBracket();
      case ']' -> rightBracket();
      case '@' -> cursor.token(TokenKind.AT);
      case ':' -> inBrackets ? colonAfterNumber() : word();
      default -> {
        if (isNumberStart(c)) {
          yield number(c);
        }
        if (Cursor.isLetter(c)) {
          yield inBrackets ? wordInBrackets(c) : word();
        }
        Token sign = sign(c);
        if (sign == null) {
          throw cursor.failure(
              ParseErrorKind.UNEXPECTED_CHARACTER, "unexpected character: " + Cursor.shown(c));
        }
        yield sign;
      }
    };
  }

  private Token end() {
    if (parens != 0) {
      throw cursor.failure(ParseErrorKind.UNCLOSED, "unclosed left parenthesis");
    }
    if (inBrackets) {
      throw cursor.failure(ParseErrorKind.UNCLOSED, "unclosed left bracket");
    }
    return cursor.token(TokenKind.END_OF_INPUT);
  }

  private @Nullable Token space() {
    cursor.skipSpace();
    return null;
  }

  private @Nullable Token comment() {
    int c = cursor.peek();
    while (c != '\n' && c != '\r' && c != Cursor.END) {
      cursor.next();
      c = cursor.peek();
    }
    return null;
  }

  /// The signs that mean the same in statements and in brackets; null where it is none of them.
  private @Nullable Token sign(int c) {
    return switch (c) {
      case '+' -> cursor.token(TokenKind.ADD);
      case '-' -> cursor.token(TokenKind.SUB);
      case '*' -> cursor.token(TokenKind.MUL);
      case '/' -> cursor.token(TokenKind.DIV);
      case '%' -> cursor.token(TokenKind.MOD);
      case '^' -> cursor.token(TokenKind.POW);
      case ',' -> cursor.token(TokenKind.COMMA);
      case '(' -> {
        parens++;
        yield cursor.token(TokenKind.LEFT_PAREN);
      }
      case ')' -> {
        Token token = cursor.token(TokenKind.RIGHT_PAREN);
        if (--parens < 0) {
          cursor.mark();
          throw cursor.failure(ParseErrorKind.UNBALANCED, "unexpected right parenthesis ')'");
        }
        yield token;
      }
      default -> null;
    };
  }

  private Token equalSign() {
    if (cursor.peek() == '~') {
      throw cursor.failure(
          ParseErrorKind.UNEXPECTED_CHARACTER, "unexpected character after '=': '~'");
    }
    return cursor.token(cursor.accept('=') ? TokenKind.EQ : TokenKind.EQUAL);
  }

  private Token notEqualSign() {
    int c = cursor.next();
    if (c != '=') {
      throw cursor.failure(
          ParseErrorKind.UNEXPECTED_CHARACTER,
          "unexpected character after '!': " + Cursor.shown(c));
    }
    return cursor.token(TokenKind.NOT_EQUAL);
  }

  private Token compared(TokenKind alone, TokenKind withEqual, TokenKind withSlash) {
    if (cursor.accept('=')) {
      return cursor.token(withEqual);
    }
    return cursor.token(cursor.accept('/') ? withSlash : alone);
  }

  private Token string(int quote) {
    QuotedText.pass(cursor, quote);
    return cursor.token(TokenKind.STRING);
  }

  private Token leftBracket() {
    if (inBrackets) {
      throw cursor.failure(ParseErrorKind.UNBALANCED, "unexpected left bracket '['");
    }
    inBrackets = true;
    colonSeen = false;
    place = Place.DURATION;
    return cursor.token(TokenKind.LEFT_BRACKET);
  }

  private Token rightBracket() {
    if (!inBrackets) {
      throw cursor.failure(ParseErrorKind.UNBALANCED, "unexpected right bracket ']'");
    }
    inBrackets = false;
    place = Place.STATEMENT;
    return cursor.token(TokenKind.RIGHT_BRACKET);
  }

  private boolean isNumberStart(int c) {
    return Cursor.isDigit(c) || (c == '.' && Cursor.isDigit(cursor.peek()));
  }

  /// After a number the brackets' inside is read as a statement, until a bracket or a sign.
  private Token number(int first) {
    place = Place.STATEMENT;
    return cursor.token(NumberText.pass(cursor, first));
  }

  private Token colonAfterNumber() {
    if (colonSeen) {
      throw cursor.failure(ParseErrorKind.UNEXPECTED_CHARACTER, "unexpected colon ':'");
    }
    colonSeen = true;
    return cursor.token(TokenKind.COLON);
  }

  private Token wordInBrackets(int first) {
    Token keyword = durationKeyword();
    if (keyword == null) {
      throw cursor.failure(
          ParseErrorKind.UNEXPECTED_CHARACTER,
          "unexpected character: " + Cursor.shown(first) + ", expected ':'");
    }
    return keyword;
  }

  private @Nullable Token durationKeyword() {
    while (Cursor.isLetter(cursor.peek())) {
      cursor.next();
    }
    TokenKind kind = TokenKind.ofWord(cursor.taken());
    boolean known =
        kind == TokenKind.STEP
            || kind == TokenKind.RANGE
            || kind == TokenKind.MAX_OF
            || kind == TokenKind.MIN_OF;
    return known && kind != null ? cursor.token(kind) : null;
  }

  private Token word() {
    do {
      cursor.skipWord();
    } while (cursor.accept(':'));
    String word = cursor.taken();
    TokenKind kind = TokenKind.ofWord(word);
    boolean fill =
        kind == TokenKind.FILL || kind == TokenKind.FILL_LEFT || kind == TokenKind.FILL_RIGHT;
    if (kind == null || (fill && cursor.peekPastSpace() != '(')) {
      boolean colon = word.indexOf(':') >= 0;
      kind = colon ? TokenKind.METRIC_IDENTIFIER : TokenKind.IDENTIFIER;
    }
    return cursor.token(kind);
  }

  private @Nullable Token braces() {
    int c = cursor.next();
    return switch (c) {
      case Cursor.END ->
          throw cursor.failure(ParseErrorKind.UNCLOSED, "unexpected end of input inside braces");
      case ' ', '\t', '\n', '\r' -> space();
      case '#' -> comment();
      case ',' -> cursor.token(TokenKind.COMMA);
      case '"', '\'', '`' -> string(c);
      case '=' -> cursor.token(cursor.accept('~') ? TokenKind.REGEX : TokenKind.EQUAL);
      case '!' -> notInBraces();
      case '{' -> throw cursor.failure(ParseErrorKind.UNBALANCED, "unexpected left brace '{'");
      case '}' -> {
        place = Place.STATEMENT;
        yield cursor.token(TokenKind.RIGHT_BRACE);
      }
      default -> {
        if (!Cursor.isLetter(c)) {
          throw cursor.failure(
              ParseErrorKind.UNEXPECTED_CHARACTER,
              "unexpected character inside braces: " + Cursor.shown(c));
        }
        cursor.skipWord();
        yield cursor.token(TokenKind.IDENTIFIER);
      }
    };
  }

  private Token notInBraces() {
    int c = cursor.next();
    return switch (c) {
      case '~' -> cursor.token(TokenKind.NOT_REGEX);
      case '=' -> cursor.token(TokenKind.NOT_EQUAL);
      default ->
          throw cursor.failure(
              ParseErrorKind.UNEXPECTED_CHARACTER,
              "unexpected character after '!' inside braces: " + Cursor.shown(c));
    };
  }

  private @Nullable Token duration() {
    int c = cursor.next();
    return switch (c) {
      case Cursor.END ->
          throw cursor.failure(
              ParseErrorKind.UNCLOSED, "unexpected end of input in duration expression");
      case ' ', '\t', '\n', '\r' -> space();
      case ']' -> {
        colonSeen = false;
        yield rightBracket();
      }
      case ':' -> colonInDuration();
      default -> {
        if (isNumberStart(c)) {
          durationSeen = true;
          yield number(c);
        }
        Token token = Cursor.isLetter(c) ? durationKeyword() : sign(c);
        if (token == null) {
          throw cursor.failure(
              ParseErrorKind.UNEXPECTED_CHARACTER,
              "unexpected character in duration expression: " + Cursor.shown(c));
        }
        yield token;
      }
    };
  }

  private Token colonInDuration() {
    Token token = cursor.token(TokenKind.COLON);
    if (!durationSeen || colonSeen) {
      String what = durationSeen ? "unexpected repeated colon" : "unexpected colon before duration";
      cursor.mark();
      throw cursor.failure(ParseErrorKind.UNEXPECTED_CHARACTER, what + " in duration expression");
    }
    colonSeen = true;
    return token;
  }
}
