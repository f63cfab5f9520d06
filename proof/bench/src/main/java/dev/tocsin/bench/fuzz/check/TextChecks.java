package dev.tocsin.bench.fuzz.check;

import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.parse.ParseErrorKind;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.PromqlParser;
import org.jspecify.annotations.Nullable;

/// What must hold for a text, query or not: it is refused with a place inside of it, or understood;
/// what is understood is a sensible tree, and prints as a text that means the same.
public final class TextChecks {

  private final Language language;

  public TextChecks(Language language) {
    this.language = language;
  }

  /// The query, or null where it is none. Throws [Violation].
  public @Nullable Expr parsed(String text) {
    Expr expr;
    try {
      expr = language.parse(text);
    } catch (ParseException e) {
      place(text, e);
      return null;
    }
    spans(expr, new Span(0, text.length()));
    shape(expr);
    printed(expr);
    return expr;
  }

  private static void place(String text, ParseException e) {
    String message = String.valueOf(e.getMessage());
    long lines = 1 + text.chars().filter(c -> c == '\n').count();
    boolean inside = e.start() >= 0 && e.start() <= e.end() && e.end() <= text.length();
    boolean counted = e.line() >= 1 && e.line() <= lines && e.column() >= 1;
    String place = text.isEmpty() ? "unknown position" : e.line() + ":" + e.column();
    if (!inside || !counted || !message.equals(place + ": parse error: " + e.reason())) {
      throw new Violation(
          "the place of an error is in the text",
          message + " (from " + e.start() + " to " + e.end() + ", line " + e.line() + ")");
    }
  }

  private static void spans(Expr expr, Span within) {
    Span span = expr.span();
    if (span.start() < within.start() || span.end() > within.end() || span.start() >= span.end()) {
      throw new Violation("pieces stand within what they are pieces of", span + " in " + within);
    }
    Trees.children(expr).forEach(child -> spans(child, span));
  }

  /// Whatever does not follow from precedence has to be in parentheses.
  private static void shape(Expr expr) {
    boolean sensible =
        switch (expr) {
          case Expr.Binary(var op, var left, var right, var _, var _, var _) -> {
            boolean toTheRight = op == BinaryOp.POW;
            yield binds(left, op, !toTheRight) && binds(right, op, toTheRight);
          }
          case Expr.Unary(var _, var inner, var _) ->
              !(inner instanceof Expr.Binary binary) || binary.op() == BinaryOp.POW;
          case Expr.Subquery subquery ->
              !(subquery.inner() instanceof Expr.Binary || subquery.inner() instanceof Expr.Unary);
          default -> true;
        };
    if (!sensible) {
      throw new Violation("operators bind by their precedence", expr.toString());
    }
    Trees.children(expr).forEach(TextChecks::shape);
  }

  private static boolean binds(Expr operand, BinaryOp outer, boolean equally) {
    if (!(operand instanceof Expr.Binary inner)) {
      return true;
    }
    int difference = inner.op().precedence() - outer.precedence();
    return difference > 0 || (equally && difference == 0);
  }

  /// `Inf ^ a` is printed `+Inf ^ a`, as Prometheus does, and that is `+(Inf ^ a)`.
  private static boolean isInfinitePower(Expr expr) {
    return expr instanceof Expr.Binary binary
        && binary.op() == BinaryOp.POW
        && binary.left() instanceof Expr.NumberLiteral base
        && Double.isInfinite(base.value());
  }

  private void printed(Expr expr) {
    if (Trees.anyMatch(expr, TextChecks::isInfinitePower) || PrintLosses.in(expr)) {
      return;
    }
    String once = language.print(expr);
    Expr again = reparsed(once, "what is printed is understood");
    if (again == null) {
      return;
    }
    if (!Trees.same(expr, again)) {
      throw new Violation("what is printed means the same", once);
    }
    String twice = language.print(again);
    if (!once.equals(twice)) {
      throw new Violation("printing again changes nothing", once + " becomes " + twice);
    }
    String pretty = language.printPretty(expr);
    Expr fromPretty = reparsed(pretty, "what is printed over lines is understood");
    if (fromPretty != null && !Trees.same(expr, fromPretty)) {
      throw new Violation("what is printed over lines means the same", pretty);
    }
  }

  private @Nullable Expr reparsed(String text, String rule) {
    if (text.length() > PromqlParser.LENGTH_MAX) {
      return null;
    }
    try {
      return language.parse(text);
    } catch (ParseException e) {
      if (e.kind() == ParseErrorKind.TOO_DEEP) {
        return null;
      }
      throw new Violation(rule, e.getMessage() + " in " + text);
    }
  }
}
