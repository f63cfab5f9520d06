package dev.tocsin.promql.parse;

import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Function;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.ast.VectorMatching;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;

/// Expressions, by precedence climbing.
final class ExprParser {
  private static final int PRECEDENCE_MIN = BinaryOp.OR.precedence();

  private final Tokens tokens;
  private final SelectorParser selectors;
  private final ModifierParser modifiers;
  private final MatchingParser matchings;

  /// What was written about matching where a side is no vector: the tree does not keep it, the
  /// checks complain about it.
  private final IdentityHashMap<Expr.Binary, VectorMatching> superfluous = new IdentityHashMap<>();

  /// Of the tree parsed last.
  private int height;

  /// How many bodies of aggregations are open.
  private int aggregations;

  ExprParser(Tokens tokens) {
    this.tokens = tokens;
    this.selectors = new SelectorParser(tokens);
    this.modifiers = new ModifierParser(tokens);
    this.matchings = new MatchingParser(tokens, selectors);
  }

  IdentityHashMap<Expr.Binary, VectorMatching> superfluous() {
    return superfluous;
  }

  /// All of the text.
  Expr whole() {
    if (tokens.at(TokenKind.END_OF_INPUT)) {
      throw tokens.failure(ParseErrorKind.NO_EXPRESSION, 0, 0, "no expression found in input");
    }
    Expr whole = expression(PRECEDENCE_MIN);
    if (!tokens.at(TokenKind.END_OF_INPUT)) {
      throw unexpected();
    }
    return whole;
  }

  private Expr expression(int precedenceMin) {
    tokens.enter();
    Expr left = signed();
    while (true) {
      BinaryOp op = tokens.peek().kind().op();
      if (op == null || op.precedence() < precedenceMin) {
        tokens.leave();
        return left;
      }
      int leftHeight = height;
      tokens.next();
      MatchingParser.Written written = matchings.written(context());
      int above = op == BinaryOp.POW ? op.precedence() : op.precedence() + 1;
      Expr right = expression(above);
      left = binary(op, left, right, written);
      height = tokens.above(Math.max(leftHeight, height), left.span().start());
    }
  }

  private Expr binary(BinaryOp op, Expr left, Expr right, MatchingParser.Written written) {
    int start = left.span().start();
    VectorMatching matching = written.matching();
    boolean fill = matching.fillLeft().isPresent() || matching.fillRight().isPresent();
    if (fill && !tokens.options().fillModifiers()) {
      throw tokens.failure(
          ParseErrorKind.NOT_ENABLED,
          start,
          right.span().end(),
          "binop fill modifiers are experimental and not enabled");
    }
    // A modifier behind the right side may not be part of its span.
    Span span = new Span(start, right.span().end());
    boolean vectors = left.type() == ValueType.VECTOR && right.type() == ValueType.VECTOR;
    VectorMatching kept = op.isSet() ? manyToMany(matching) : matching;
    Expr.Binary binary =
        new Expr.Binary(op, left, right, written.bool(), vectors ? kept : null, span);
    if (!vectors) {
      superfluous.put(binary, matching);
    }
    return binary;
  }

  private static VectorMatching manyToMany(VectorMatching matching) {
    if (matching.cardinality() != VectorMatching.Cardinality.ONE_TO_ONE) {
      return matching;
    }
    return new VectorMatching(
        VectorMatching.Cardinality.MANY_TO_MANY,
        matching.labels(),
        matching.on(),
        matching.include(),
        matching.fillLeft(),
        matching.fillRight());
  }

  /// A sign binds as multiplication does: `-1^2` is `-(1^2)`. On a number it becomes part of it.
  private Expr signed() {
    Token sign = tokens.peek();
    if (!sign.kind().isSign()) {
      return modified();
    }
    tokens.next();
    boolean minus = sign.kind() == TokenKind.SUB;
    Expr inner = expression(BinaryOp.POW.precedence());
    if (inner instanceof Expr.NumberLiteral(double value, boolean duration, var _)) {
      double signed = minus ? -value : value;
      return new Expr.NumberLiteral(signed, duration, tokens.spanFrom(sign.start()));
    }
    height = tokens.above(height, sign.start());
    return new Expr.Unary(minus, inner, new Span(sign.start(), inner.span().end()));
  }

  private Expr modified() {
    Expr operand = operand();
    while (true) {
      if (tokens.at(TokenKind.LEFT_BRACKET)) {
        height = tokens.above(height, operand.span().start());
      }
      Expr modified = modifiers.modified(operand);
      if (modified == null) {
        return operand;
      }
      operand = modified;
    }
  }

  private Expr operand() {
    height = 1;
    Token first = tokens.peek();
    return switch (first.kind()) {
      case NUMBER, DURATION -> LiteralParser.number(tokens);
      case STRING -> LiteralParser.string(tokens);
      case LEFT_PAREN -> parens();
      case LEFT_BRACE -> selectors.vector(tokens.next());
      default -> {
        if (!first.kind().namesMetric()) {
          throw unexpected();
        }
        yield named(tokens.next());
      }
    };
  }

  private Expr named(Token name) {
    TokenKind next = tokens.peek().kind();
    boolean grouped = next == TokenKind.BY || next == TokenKind.WITHOUT;
    if (name.kind() == TokenKind.AGGREGATE && (grouped || next == TokenKind.LEFT_PAREN)) {
      return aggregate(name);
    }
    if (name.kind().namesFunction() && next == TokenKind.LEFT_PAREN) {
      return call(name);
    }
    return selectors.vector(name);
  }

  private Expr parens() {
    Token open = tokens.next();
    Expr inner = expression(PRECEDENCE_MIN);
    if (!tokens.accept(TokenKind.RIGHT_PAREN)) {
      throw unexpected();
    }
    height = tokens.above(height, open.start());
    return new Expr.Parens(inner, tokens.spanFrom(open.start()));
  }

  /// The arguments in parentheses; afterwards `height` is the highest one's.
  private List<Expr> arguments() {
    if (!tokens.accept(TokenKind.LEFT_PAREN)) {
      throw unexpected();
    }
    List<Expr> arguments = new ArrayList<>();
    int highest = 0;
    while (!tokens.accept(TokenKind.RIGHT_PAREN)) {
      arguments.add(expression(PRECEDENCE_MIN));
      highest = Math.max(highest, height);
      if (tokens.at(TokenKind.COMMA)) {
        Token comma = tokens.next();
        if (!tokens.peek().kind().startsExpression()) {
          throw tokens.failure(
              ParseErrorKind.TRAILING_COMMA,
              comma,
              "trailing commas not allowed in function call args");
        }
      } else if (!tokens.at(TokenKind.RIGHT_PAREN)) {
        throw unexpected();
      }
    }
    height = highest;
    return arguments;
  }

  private Expr call(Token name) {
    List<Expr> arguments = arguments();
    Function function = Functions.get(name.text());
    if (function == null) {
      throw tokens.failure(
          ParseErrorKind.UNKNOWN_FUNCTION,
          name,
          "unknown function with name \"" + name.text() + "\"");
    }
    if (function.experimental() && !tokens.options().experimentalFunctions()) {
      throw tokens.failure(
          ParseErrorKind.NOT_ENABLED, name, "function \"" + name.text() + "\" is not enabled");
    }
    height = tokens.above(height, name.start());
    return new Expr.Call(function, arguments, tokens.spanFrom(name.start()));
  }

  private Expr aggregate(Token name) {
    List<String> grouping = List.of();
    boolean without = false;
    boolean grouped = !tokens.at(TokenKind.LEFT_PAREN);
    aggregations++;
    if (grouped) {
      without = tokens.next().kind() == TokenKind.WITHOUT;
      grouping = selectors.labels();
    }
    List<Expr> arguments = arguments();
    aggregations--;
    if (!grouped && (tokens.at(TokenKind.BY) || tokens.at(TokenKind.WITHOUT))) {
      without = tokens.next().kind() == TokenKind.WITHOUT;
      grouping = selectors.labels();
    }
    AggregateOp op = AggregateOp.valueOf(name.text().toUpperCase(Locale.ROOT));
    checkArguments(name, op, arguments.size());
    boolean two = op.parameter() != null;
    height = tokens.above(height, name.start());
    return new Expr.Aggregate(
        op,
        arguments.getLast(),
        two ? arguments.getFirst() : null,
        grouping,
        without,
        tokens.spanFrom(name.start()));
  }

  private void checkArguments(Token name, AggregateOp op, int count) {
    int expected = op.parameter() == null ? 1 : 2;
    String problem = null;
    ParseErrorKind kind = ParseErrorKind.WRONG_ARGUMENT_COUNT;
    if (count == 0) {
      problem = "no arguments for aggregate expression provided";
    } else if (op.isExperimental() && !tokens.options().experimentalFunctions()) {
      kind = ParseErrorKind.NOT_ENABLED;
      problem =
          op.word()
              + "() is experimental and must be enabled with"
              + " --enable-feature=promql-experimental-functions";
    } else if (count != expected) {
      problem =
          "wrong number of arguments for aggregate expression provided, expected "
              + expected
              + ", got "
              + count;
    }
    if (problem != null) {
      throw tokens.failure(kind, tokens.spanFrom(name.start()), problem);
    }
  }

  private String context() {
    return aggregations > 0 ? "aggregation" : "";
  }

  private ParseException unexpected() {
    return tokens.unexpected(context(), "");
  }
}
