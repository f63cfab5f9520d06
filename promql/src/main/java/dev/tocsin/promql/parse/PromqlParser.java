package dev.tocsin.promql.parse;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.data.Matcher;
import java.util.List;

/// Reads queries: the whole language of Prometheus 3.14. What it returns has passed all checks that
/// need no data. Any thread.
public final class PromqlParser {
  /// Characters of a query; a longer one is refused. Bounds the size of the tree.
  public static final int LENGTH_MAX = 131_072;

  /// Pieces within pieces, as parentheses; a query beyond is refused.
  public static final int NESTING_MAX = Tokens.NESTING_MAX;

  /// The height of a tree; a query beyond is refused, so that recursion over a tree is safe.
  public static final int HEIGHT_MAX = Tokens.HEIGHT_MAX;

  private PromqlParser() {}

  /// Throws [ParseException].
  public static Expr parse(String text) {
    return parse(text, ParseOptions.DEFAULT);
  }

  /// Throws [ParseException].
  public static Expr parse(String text, ParseOptions options) {
    checkLength(text);
    ExprParser parser = new ExprParser(new Tokens(text, options));
    Expr whole = parser.whole();
    new Checker(text, parser.superfluous()).check(whole);
    return whole;
  }

  /// Only the matchers of a series selector, as the HTTP API takes them: nothing around it, no
  /// modifiers. Matchers that accept everything are allowed here. Throws [ParseException].
  public static List<Matcher> parseSelector(String text) {
    checkLength(text);
    Tokens tokens = new Tokens(text, ParseOptions.DEFAULT);
    TokenKind first = tokens.peek().kind();
    if (first != TokenKind.LEFT_BRACE && !first.namesMetric()) {
      throw tokens.unexpected("", "");
    }
    Expr.VectorSelector selector = new SelectorParser(tokens).vector(tokens.next());
    if (!tokens.at(TokenKind.END_OF_INPUT)) {
      throw tokens.unexpected("", "");
    }
    return selector.matchers();
  }

  private static void checkLength(String text) {
    if (text.length() > LENGTH_MAX) {
      throw new ParseException(
          text,
          ParseErrorKind.TOO_LONG,
          LENGTH_MAX,
          text.length(),
          "expression has " + text.length() + " characters, the limit is " + LENGTH_MAX);
    }
  }
}
