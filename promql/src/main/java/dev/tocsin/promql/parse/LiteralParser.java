package dev.tocsin.promql.parse;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Span;
import java.util.OptionalLong;

/// Numbers, which may be written as durations, and strings.
final class LiteralParser {
  private static final double MS_PER_SECOND = 1000;

  private LiteralParser() {}

  static boolean isNumber(Token token) {
    return token.kind() == TokenKind.NUMBER || token.kind() == TokenKind.DURATION;
  }

  /// The value of a number, or of a duration in seconds.
  static double seconds(Tokens tokens, Token token) {
    if (token.kind() == TokenKind.DURATION) {
      OptionalLong ms = NumberText.duration(token.text());
      if (ms.isEmpty()) {
        String problem = NumberText.durationProblem(token.text());
        boolean range = problem.equals(NumberText.OUT_OF_RANGE);
        throw tokens.failure(
            range ? ParseErrorKind.OUT_OF_RANGE : ParseErrorKind.MALFORMED_DURATION,
            token,
            problem);
      }
      return ms.getAsLong() / MS_PER_SECOND;
    }
    Double value = NumberText.value(token.text());
    boolean infinite = value != null && value.isInfinite() && !isInfinityWord(token);
    if (value == null || infinite) {
      throw tokens.failure(
          infinite ? ParseErrorKind.OUT_OF_RANGE : ParseErrorKind.MALFORMED_NUMBER,
          token,
          NumberText.problem(token.text(), value));
    }
    return value;
  }

  private static boolean isInfinityWord(Token token) {
    return token.text().equalsIgnoreCase("inf");
  }

  static Expr number(Tokens tokens) {
    Token token = tokens.next();
    boolean duration = token.kind() == TokenKind.DURATION;
    return new Expr.NumberLiteral(seconds(tokens, token), duration, span(token));
  }

  static Expr string(Tokens tokens) {
    Token token = tokens.next();
    return new Expr.StringLiteral(QuotedText.value(token.text()), span(token));
  }

  static Span span(Token token) {
    return new Span(token.start(), token.end());
  }
}
