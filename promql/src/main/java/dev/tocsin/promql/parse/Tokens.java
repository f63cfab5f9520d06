package dev.tocsin.promql.parse;

import dev.tocsin.promql.ast.Span;
import org.jspecify.annotations.Nullable;

/// The tokens of a query with one of them ahead, and what the parsers share: the options, the
/// limits, and how to fail.
final class Tokens {
  /// Pieces within pieces. The parser needs several frames of the stack for each.
  static final int NESTING_MAX = 128;

  /// The height of the tree, to which chains as `a + b + c` add too. Whatever walks a tree does so
  /// on the stack.
  static final int HEIGHT_MAX = 500;

  private final String text;
  private final ParseOptions options;
  private final Lexer lexer;
  private @Nullable Token ahead;
  private int end;
  private int depth;

  Tokens(String text, ParseOptions options) {
    this.text = text;
    this.options = options;
    this.lexer = new Lexer(text);
  }

  ParseOptions options() {
    return options;
  }

  Token peek() {
    Token token = ahead;
    if (token == null) {
      token = lexer.next();
      ahead = token;
    }
    return token;
  }

  Token next() {
    Token token = peek();
    ahead = null;
    end = token.end();
    return token;
  }

  /// Where the last token passed ends.
  int end() {
    return end;
  }

  boolean at(TokenKind kind) {
    return peek().kind() == kind;
  }

  /// Passes the next token where it is of that kind.
  boolean accept(TokenKind kind) {
    boolean here = at(kind);
    if (here) {
      next();
    }
    return here;
  }

  /// Passes a token of that kind or fails.
  Token expect(TokenKind kind, String context, String expected) {
    if (!at(kind)) {
      throw unexpected(context, expected);
    }
    return next();
  }

  /// From there to the end of the last token passed.
  Span spanFrom(int start) {
    return new Span(start, end);
  }

  /// Complains about the next token.
  ///
  /// @param context where it stands; empty: nowhere in particular
  /// @param expected what should have been there; empty: not said
  ParseException unexpected(String context, String expected) {
    Token token = peek();
    StringBuilder reason = new StringBuilder("unexpected ").append(token.described());
    if (!context.isEmpty()) {
      reason.append(" in ").append(context);
    }
    if (!expected.isEmpty()) {
      reason.append(", expected ").append(expected);
    }
    return failure(ParseErrorKind.UNEXPECTED_TOKEN, token, reason.toString());
  }

  ParseException failure(ParseErrorKind kind, Token token, String reason) {
    return failure(kind, token.start(), token.end(), reason);
  }

  ParseException failure(ParseErrorKind kind, Span span, String reason) {
    return failure(kind, span.start(), span.end(), reason);
  }

  ParseException failure(ParseErrorKind kind, int start, int end, String reason) {
    return new ParseException(text, kind, start, end, reason);
  }

  /// Enters a nested piece; to be followed by [#leave].
  void enter() {
    if (++depth > NESTING_MAX) {
      throw tooDeep(peek().start(), NESTING_MAX);
    }
  }

  void leave() {
    depth--;
  }

  /// The height of a tree upon one of the given height.
  int above(int height, int start) {
    if (height >= HEIGHT_MAX) {
      throw tooDeep(start, HEIGHT_MAX);
    }
    return height + 1;
  }

  private ParseException tooDeep(int start, int max) {
    return failure(
        ParseErrorKind.TOO_DEEP,
        start,
        text.length(),
        "expression nests too deeply, the limit is " + max + " levels");
  }
}
