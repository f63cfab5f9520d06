package dev.tocsin.promql.parse;

import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.ast.VectorMatching.Cardinality;
import java.util.List;
import java.util.OptionalDouble;

/// What may follow a binary operator: `bool`, `on` or `ignoring`, `group_left` or `group_right`,
/// and the fill modifiers, in this order.
final class MatchingParser {
  private final Tokens tokens;
  private final SelectorParser selectors;

  MatchingParser(Tokens tokens, SelectorParser selectors) {
    this.tokens = tokens;
    this.selectors = selectors;
  }

  record Written(boolean bool, VectorMatching matching) {}

  /// @param context where the operator stands, for errors
  Written written(String context) {
    boolean bool = tokens.accept(TokenKind.BOOL);
    Cardinality cardinality = Cardinality.ONE_TO_ONE;
    List<String> labels = List.of();
    List<String> include = List.of();
    boolean on = tokens.at(TokenKind.ON);
    if (on || tokens.at(TokenKind.IGNORING)) {
      tokens.next();
      labels = selectors.labels();
      boolean left = tokens.at(TokenKind.GROUP_LEFT);
      if (left || tokens.at(TokenKind.GROUP_RIGHT)) {
        tokens.next();
        cardinality = left ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY;
        include = continues() ? List.of() : selectors.labels();
      }
    }
    OptionalDouble fillLeft = OptionalDouble.empty();
    OptionalDouble fillRight = OptionalDouble.empty();
    if (tokens.accept(TokenKind.FILL)) {
      fillLeft = fill(context);
      fillRight = fillLeft;
    } else if (tokens.accept(TokenKind.FILL_LEFT)) {
      fillLeft = fill(context);
      fillRight = tokens.accept(TokenKind.FILL_RIGHT) ? fill(context) : fillRight;
    } else if (tokens.accept(TokenKind.FILL_RIGHT)) {
      fillRight = fill(context);
      fillLeft = tokens.accept(TokenKind.FILL_LEFT) ? fill(context) : fillLeft;
    }
    return new Written(
        bool, new VectorMatching(cardinality, labels, on, include, fillLeft, fillRight));
  }

  /// Whether what belongs behind the labels of `group_left` comes next, so that there are none.
  private boolean continues() {
    TokenKind next = tokens.peek().kind();
    return next != TokenKind.LEFT_PAREN && next.startsExpression();
  }

  private OptionalDouble fill(String context) {
    tokens.expect(TokenKind.LEFT_PAREN, context, "");
    boolean minus = tokens.at(TokenKind.SUB);
    if (tokens.peek().kind().isSign()) {
      tokens.next();
    }
    Token number = tokens.peek();
    if (!LiteralParser.isNumber(number)) {
      throw tokens.unexpected(context, "");
    }
    tokens.next();
    double value = LiteralParser.seconds(tokens, number);
    tokens.expect(TokenKind.RIGHT_PAREN, context, "");
    return OptionalDouble.of(minus ? -value : value);
  }
}
