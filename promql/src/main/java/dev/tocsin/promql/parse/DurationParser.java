package dev.tocsin.promql.parse;

import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.DurationExpr;
import org.jspecify.annotations.Nullable;

/// Durations in ranges, steps and offsets: a literal, or arithmetic.
final class DurationParser {
  private static final String EXPECTED = "number, duration, step(), or range()";

  /// What 64 bits of nanoseconds hold, as seconds.
  private static final double SECONDS_MAX = 0x1p63 / 1e9;

  private static final long NANOS_PER_MS = 1_000_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Tokens tokens;

  /// Said where something unexpected turns up before the duration is complete.
  private final String context;

  private final String expected;

  /// Of the piece parsed last.
  private int height;

  DurationParser(Tokens tokens, String context) {
    this(tokens, context, EXPECTED);
  }

  DurationParser(Tokens tokens, String context, String expected) {
    this.tokens = tokens;
    this.context = context;
    this.expected = expected;
  }

  /// A range or a step: a millisecond at least where it is a literal.
  DurationExpr positive() {
    int start = tokens.peek().start();
    DurationExpr duration = arithmetic(BinaryOp.ADD.precedence());
    Double seconds = literalSeconds(duration);
    if (seconds == null) {
      return duration;
    }
    long ms = milliseconds(seconds);
    if (ms <= 0) {
      throw tokens.failure(
          ParseErrorKind.NOT_POSITIVE, start, tokens.end(), "duration must be greater than 0");
    }
    return new DurationExpr.Literal(ms);
  }

  /// An offset. Arithmetic has to be in parentheses: `a offset 5m - 3` is a difference. Null where
  /// it is a literal zero, which changes nothing.
  @Nullable DurationExpr offset() {
    DurationExpr duration = offsetAsWritten();
    Double seconds = literalSeconds(duration);
    if (seconds == null) {
      return duration;
    }
    long ms = milliseconds(seconds);
    return ms == 0 ? null : new DurationExpr.Literal(ms);
  }

  private DurationExpr offsetAsWritten() {
    Token first = tokens.peek();
    if (first.kind() == TokenKind.LEFT_PAREN) {
      return arithmetic(BinaryOp.ADD.precedence());
    }
    if (!first.kind().isSign()) {
      return operand();
    }
    tokens.next();
    boolean repeated = tokens.peek().kind().isSign();
    DurationExpr signed = signed(first, repeated ? power() : signedOperand(first));
    return repeated ? rest(signed, first.start(), BinaryOp.ADD.precedence()) : signed;
  }

  /// What a sign stands in front of; a number too large is told at the sign.
  private DurationExpr signedOperand(Token sign) {
    Token token = tokens.peek();
    if (!LiteralParser.isNumber(token)) {
      return operand();
    }
    tokens.next();
    height = 1;
    return number(token, sign);
  }

  private DurationExpr arithmetic(int precedenceMin) {
    tokens.enter();
    int start = tokens.peek().start();
    DurationExpr whole = rest(signedOperand(), start, precedenceMin);
    tokens.leave();
    return whole;
  }

  /// What a sign applies to: it binds as multiplication does, so a power comes first.
  private DurationExpr power() {
    return arithmetic(BinaryOp.POW.precedence());
  }

  private DurationExpr rest(DurationExpr first, int start, int precedenceMin) {
    DurationExpr left = first;
    while (true) {
      Token sign = tokens.peek();
      BinaryOp op = arithmeticOp(sign.kind());
      if (op == null || op.precedence() < precedenceMin) {
        return left;
      }
      int leftHeight = height;
      tokens.next();
      int above = op == BinaryOp.POW ? op.precedence() : op.precedence() + 1;
      DurationExpr right = arithmetic(above);
      needExperiment(start);
      boolean zero = right instanceof DurationExpr.Constant(double value) && value == 0;
      if ((zero || right.equals(new DurationExpr.Literal(0)))
          && (op == BinaryOp.DIV || op == BinaryOp.MOD)) {
        String what = op == BinaryOp.DIV ? "division" : "modulo";
        throw tokens.failure(ParseErrorKind.DIVISION_BY_ZERO, sign, what + " by zero");
      }
      left = new DurationExpr.Arithmetic(op, left, right);
      height = tokens.above(Math.max(leftHeight, height), start);
    }
  }

  private static @Nullable BinaryOp arithmeticOp(TokenKind kind) {
    return switch (kind) {
      case ADD, SUB, MUL, DIV, MOD, POW -> kind.op();
      default -> null;
    };
  }

  private DurationExpr signedOperand() {
    Token sign = tokens.peek();
    if (!sign.kind().isSign()) {
      return operand();
    }
    tokens.next();
    return signed(sign, power());
  }

  private DurationExpr signed(Token sign, DurationExpr inner) {
    if (sign.kind() == TokenKind.ADD) {
      return inner;
    }
    return switch (inner) {
      case DurationExpr.Constant(double value) -> new DurationExpr.Constant(-value);
      case DurationExpr.Literal(long ms) -> new DurationExpr.Literal(-ms);
      default -> {
        height = tokens.above(height, sign.start());
        yield new DurationExpr.Negated(inner);
      }
    };
  }

  private DurationExpr operand() {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NUMBER, DURATION -> {
        tokens.next();
        height = 1;
        yield number(token, token);
      }
      case STEP, RANGE -> {
        tokens.next();
        expect(TokenKind.LEFT_PAREN);
        expect(TokenKind.RIGHT_PAREN);
        needExperiment(token.start());
        height = 1;
        yield token.kind() == TokenKind.STEP ? new DurationExpr.Step() : new DurationExpr.Range();
      }
      case MAX_OF, MIN_OF -> choice();
      case LEFT_PAREN -> grouped();
      default -> throw tokens.unexpected(context, expected);
    };
  }

  /// @param place where one out of range is told
  private DurationExpr number(Token token, Token place) {
    double seconds = LiteralParser.seconds(tokens, token);
    if (!(seconds <= SECONDS_MAX)) {
      throw tokens.failure(ParseErrorKind.OUT_OF_RANGE, place, NumberText.OUT_OF_RANGE);
    }
    if (token.kind() == TokenKind.DURATION) {
      return new DurationExpr.Literal(NumberText.duration(token.text()).orElseThrow());
    }
    return new DurationExpr.Constant(seconds);
  }

  private DurationExpr choice() {
    Token token = tokens.next();
    expect(TokenKind.LEFT_PAREN);
    DurationExpr left = arithmetic(BinaryOp.ADD.precedence());
    int leftHeight = height;
    expect(TokenKind.COMMA);
    DurationExpr right = arithmetic(BinaryOp.ADD.precedence());
    height = tokens.above(Math.max(leftHeight, height), token.start());
    expect(TokenKind.RIGHT_PAREN);
    needExperiment(token.start());
    return new DurationExpr.Choice(token.kind() == TokenKind.MAX_OF, left, right);
  }

  private DurationExpr grouped() {
    tokens.next();
    int start = tokens.peek().start();
    DurationExpr inner = arithmetic(BinaryOp.ADD.precedence());
    height = tokens.above(height, start);
    expect(TokenKind.RIGHT_PAREN);
    needExperiment(start);
    return inner instanceof DurationExpr.Grouped ? inner : new DurationExpr.Grouped(inner);
  }

  private void expect(TokenKind kind) {
    tokens.expect(kind, context, expected);
  }

  private void needExperiment(int start) {
    if (!tokens.options().durationExpressions()) {
      throw tokens.failure(
          ParseErrorKind.NOT_ENABLED,
          start,
          tokens.end(),
          "experimental duration expression is not enabled");
    }
  }

  /// Null where it is more than a literal.
  private static @Nullable Double literalSeconds(DurationExpr duration) {
    return switch (duration) {
      case DurationExpr.Constant(double value) -> value;
      case DurationExpr.Literal(long ms) -> ms / 1000.0;
      default -> null;
    };
  }

  /// Rounded to nanoseconds, then cut to milliseconds, as Prometheus does.
  private static long milliseconds(double seconds) {
    return Math.round(seconds * NANOS_PER_SECOND) / NANOS_PER_MS;
  }
}
