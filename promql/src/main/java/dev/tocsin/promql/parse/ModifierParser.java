package dev.tocsin.promql.parse;

import dev.tocsin.promql.ast.DurationExpr;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.ast.TimeModifier;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What may follow an operand: `[range]`, `[range:step]`, `offset`, `@`, `anchored`, `smoothed`.
final class ModifierParser {
  private final Tokens tokens;

  ModifierParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /// The operand with the modifier that comes next; null where none does.
  @Nullable Expr modified(Expr operand) {
    return switch (tokens.peek().kind()) {
      case LEFT_BRACKET -> bracketed(operand);
      case OFFSET -> offset(operand);
      case AT -> at(operand);
      case ANCHORED -> window(operand, Expr.WindowMode.ANCHORED, "anchored");
      case SMOOTHED -> window(operand, Expr.WindowMode.SMOOTHED, "smoothed");
      default -> null;
    };
  }

  private Expr bracketed(Expr operand) {
    Token open = tokens.next();
    DurationExpr range = new DurationParser(tokens, "subquery or range selector").positive();
    if (!tokens.accept(TokenKind.COLON)) {
      Token close = tokens.expect(TokenKind.RIGHT_BRACKET, "subquery or range", "\":\" or \"]\"");
      return matrix(operand, range, new Span(open.start(), close.end()));
    }
    DurationExpr step = null;
    if (!tokens.at(TokenKind.RIGHT_BRACKET)) {
      step = step();
    }
    Token close = tokens.expect(TokenKind.RIGHT_BRACKET, "subquery selector", "\"]\"");
    Span span = new Span(operand.span().start(), close.end());
    return new Expr.Subquery(operand, range, step, TimeModifier.NONE, span);
  }

  private DurationExpr step() {
    String expected = "number, duration, step(), range(), or \"]\"";
    return new DurationParser(tokens, "subquery selector", expected).positive();
  }

  private Expr matrix(Expr operand, DurationExpr range, Span brackets) {
    if (!(operand instanceof Expr.VectorSelector vector)) {
      throw tokens.failure(
          ParseErrorKind.MISPLACED_MODIFIER, brackets, "ranges only allowed for vector selectors");
    }
    if (vector.when().offset() != null) {
      throw tokens.failure(
          ParseErrorKind.MISPLACED_MODIFIER, brackets, "no offset modifiers allowed before range");
    }
    if (vector.when().at() != null) {
      throw tokens.failure(
          ParseErrorKind.MISPLACED_MODIFIER, brackets, "no @ modifiers allowed before range");
    }
    Span span = new Span(vector.span().start(), brackets.end());
    return new Expr.MatrixSelector(vector, range, span);
  }

  private Expr offset(Expr operand) {
    tokens.next();
    DurationExpr offset = new DurationParser(tokens, "offset").offset();
    TimeModifier when =
        when(
            operand,
            "offset modifier must be preceded by an instant vector selector or range vector"
                + " selector or a subquery");
    if (when.offset() != null) {
      throw tokens.failure(
          ParseErrorKind.REPEATED_MODIFIER, operand.span(), "offset may not be set multiple times");
    }
    return with(operand, new TimeModifier(offset, when.at()));
  }

  private Expr at(Expr operand) {
    tokens.next();
    Token first = tokens.peek();
    String refusal =
        "@ modifier must be preceded by an instant vector selector or range vector selector or a"
            + " subquery";
    TimeModifier.At at;
    if (first.kind() == TokenKind.START || first.kind() == TokenKind.END) {
      tokens.next();
      tokens.expect(TokenKind.LEFT_PAREN, "@", "timestamp");
      tokens.expect(TokenKind.RIGHT_PAREN, "@", "timestamp");
      boolean start = first.kind() == TokenKind.START;
      at = start ? new TimeModifier.At.Start() : new TimeModifier.At.End();
    } else {
      if (first.kind().isSign()) {
        tokens.next();
      }
      Token number = tokens.peek();
      if (!LiteralParser.isNumber(number)) {
        throw tokens.unexpected("@", "timestamp");
      }
      tokens.next();
      double size = LiteralParser.seconds(tokens, number);
      at = time(operand, first.kind() == TokenKind.SUB ? -size : size);
    }
    TimeModifier when = when(operand, refusal);
    if (when.at() != null) {
      throw tokens.failure(
          ParseErrorKind.REPEATED_MODIFIER,
          operand.span(),
          "@ <timestamp> may not be set multiple times");
    }
    return with(operand, new TimeModifier(when.offset(), at));
  }

  private TimeModifier.At time(Expr operand, double seconds) {
    if (!(Math.abs(seconds) < 0x1p63)) {
      String shown =
          Double.isNaN(seconds)
              ? "NaN"
              : Double.isInfinite(seconds)
                  ? (seconds > 0 ? "+Inf" : "-Inf")
                  : String.format(Locale.ROOT, "%.6f", new BigDecimal(seconds));
      throw tokens.failure(
          ParseErrorKind.OUT_OF_RANGE,
          operand.span(),
          "timestamp out of bounds for @ modifier: " + shown);
    }
    // Halves away from zero, as Go rounds.
    long ms = Math.round(Math.abs(seconds) * 1000);
    return new TimeModifier.At.Time(seconds < 0 ? -ms : ms);
  }

  private TimeModifier when(Expr operand, String refusal) {
    return switch (operand) {
      case Expr.VectorSelector vector -> vector.when();
      case Expr.MatrixSelector matrix -> matrix.vector().when();
      case Expr.Subquery subquery -> subquery.when();
      default -> throw tokens.failure(ParseErrorKind.MISPLACED_MODIFIER, operand.span(), refusal);
    };
  }

  private Expr with(Expr operand, TimeModifier when) {
    Span span = tokens.spanFrom(operand.span().start());
    return switch (operand) {
      case Expr.VectorSelector(var name, var matchers, var _, var window, var _) ->
          new Expr.VectorSelector(name, matchers, when, window, span);
      case Expr.MatrixSelector(var vector, var range, var _) ->
          new Expr.MatrixSelector(
              new Expr.VectorSelector(
                  vector.name(), vector.matchers(), when, vector.window(), vector.span()),
              range,
              span);
      case Expr.Subquery(var inner, var range, var step, var _, var _) ->
          new Expr.Subquery(inner, range, step, when, span);
      default -> operand;
    };
  }

  private Expr window(Expr operand, Expr.WindowMode mode, String word) {
    tokens.next();
    if (!tokens.options().extendedRangeSelectors()) {
      throw tokens.failure(
          ParseErrorKind.NOT_ENABLED,
          operand.span(),
          word + " modifier is experimental and not enabled");
    }
    return switch (operand) {
      case Expr.VectorSelector vector -> windowed(vector, mode, operand.span());
      case Expr.MatrixSelector(var vector, var range, var span) ->
          new Expr.MatrixSelector(windowed(vector, mode, span), range, span);
      case Expr.Subquery subquery ->
          throw tokens.failure(
              ParseErrorKind.MISPLACED_MODIFIER,
              subquery.span(),
              word + " modifier is not supported for subqueries");
      default ->
          throw tokens.failure(
              ParseErrorKind.MISPLACED_MODIFIER,
              operand.span(),
              word + " modifier not implemented");
    };
  }

  private Expr.VectorSelector windowed(Expr.VectorSelector vector, Expr.WindowMode mode, Span at) {
    if (vector.window() != Expr.WindowMode.PLAIN && vector.window() != mode) {
      throw tokens.failure(
          ParseErrorKind.REPEATED_MODIFIER,
          at,
          "anchored and smoothed modifiers cannot be used together");
    }
    return new Expr.VectorSelector(
        vector.name(), vector.matchers(), vector.when(), mode, vector.span());
  }
}
