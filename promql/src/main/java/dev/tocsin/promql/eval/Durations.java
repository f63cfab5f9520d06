package dev.tocsin.promql.eval;

import dev.tocsin.promql.ast.DurationExpr;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.ast.TimeModifier;
import dev.tocsin.promql.eval.number.GoMath;

/// Resolves durations as written against the query's own step and range.
final class Durations {
  /// What a Go time.Duration can hold.
  private static final double SECONDS_MAX = 0x1p63 / 1e9;

  private final Run run;

  Durations(Run run) {
    this.run = run;
  }

  /// A range or step: positive. Milliseconds.
  long positive(DurationExpr expr, Span span) {
    if (expr instanceof DurationExpr.Literal literal && literal.ms() > 0) {
      return literal.ms();
    }
    double seconds = checked(expr, span);
    if (seconds <= 0) {
      throw error(span, "duration must be greater than 0");
    }
    return (long) (seconds * 1000);
  }

  Moment moment(TimeModifier when, Span span) {
    long offsetMs = when.offset() == null ? 0 : any(when.offset(), span);
    return switch (when.at()) {
      case null -> new Moment(offsetMs, false, 0);
      case TimeModifier.At.Time time -> new Moment(offsetMs, true, time.ms());
      case TimeModifier.At.Start _ -> new Moment(offsetMs, true, run.query().startMs());
      case TimeModifier.At.End _ -> new Moment(offsetMs, true, run.query().endMs());
    };
  }

  private long any(DurationExpr expr, Span span) {
    if (expr instanceof DurationExpr.Literal literal) {
      return literal.ms();
    }
    return (long) (checked(expr, span) * 1000);
  }

  private double checked(DurationExpr expr, Span span) {
    double seconds = seconds(expr, span);
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
      throw error(span, "duration is NaN or infinite");
    }
    if (Math.abs(seconds) > SECONDS_MAX) {
      throw error(span, "duration is out of range");
    }
    return seconds;
  }

  private double seconds(DurationExpr expr, Span span) {
    return switch (expr) {
      case DurationExpr.Literal(long ms) -> (double) ms / 1000;
      case DurationExpr.Constant(double value) -> value;
      case DurationExpr.Negated(DurationExpr inner) -> -seconds(inner, span);
      case DurationExpr.Grouped(DurationExpr inner) -> seconds(inner, span);
      case DurationExpr.Step _ -> (double) run.stepMs() / 1000;
      case DurationExpr.Range _ -> (double) (run.query().endMs() - run.query().startMs()) / 1000;
      case DurationExpr.Choice(boolean max, DurationExpr left, DurationExpr right) -> {
        double a = seconds(left, span);
        double b = seconds(right, span);
        yield max ? GoMath.max(a, b) : GoMath.min(a, b);
      }
      case DurationExpr.Arithmetic arithmetic -> arithmetic(arithmetic, span);
    };
  }

  private double arithmetic(DurationExpr.Arithmetic expr, Span span) {
    double left = seconds(expr.left(), span);
    double right = seconds(expr.right(), span);
    return switch (expr.op()) {
      case ADD -> left + right;
      case SUB -> left - right;
      case MUL -> left * right;
      case POW -> GoMath.pow(left, right);
      case DIV -> {
        requireNotZero(right, span, "division by zero");
        yield left / right;
      }
      case MOD -> {
        requireNotZero(right, span, "modulo by zero");
        yield left % right;
      }
      default ->
          throw EvalException.execution(
              "unexpected duration expression operator \"" + expr.op().sign() + "\"");
    };
  }

  private static void requireNotZero(double divisor, Span span, String text) {
    if (divisor == 0) {
      throw error(span, text);
    }
  }

  private static EvalException error(Span span, String text) {
    return EvalException.execution(span.start() + ":" + span.end() + ": " + text);
  }
}
