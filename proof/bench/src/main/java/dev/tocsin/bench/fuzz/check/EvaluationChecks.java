package dev.tocsin.bench.fuzz.check;

import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.promql.eval.Invariance;
import dev.tocsin.promql.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What must hold for the results of a query, whatever they are: the same query written otherwise
/// has the same result, a range is made of instants, and selectors select what the definition says.
public final class EvaluationChecks {
  /// How much later a query is asked that is pinned to a time.
  private static final long LATER_MS = 7 * 60_000 + 1;

  private static final VectorMatching SETS =
      new VectorMatching(
          VectorMatching.Cardinality.MANY_TO_MANY,
          List.of(),
          false,
          List.of(),
          OptionalDouble.empty(),
          OptionalDouble.empty());

  private final Language language;
  private final Setting setting;

  public EvaluationChecks(Language language, Setting setting) {
    this.language = language;
    this.setting = setting;
  }

  /// A result, or why there is none.
  private record Outcome(@Nullable Value value, @Nullable EvalException failure) {
    /// Whether a limit was met, about which nothing can be said.
    boolean isCutOff() {
      return failure != null && failure.kind() != EvalException.Kind.EXECUTION;
    }

    @Override
    public String toString() {
      return String.valueOf(failure == null ? value : failure.getMessage());
    }
  }

  private static Outcome outcome(Supplier<Value> evaluation) {
    try {
      return new Outcome(evaluation.get(), null);
    } catch (EvalException e) {
      return new Outcome(null, e);
    }
  }

  private Outcome instant(Expr expr, long timeMs) {
    return outcome(() -> language.instant(expr, setting, timeMs));
  }

  private Outcome instant(Expr expr) {
    return instant(expr, setting.timeMs());
  }

  /// Throws [Violation]. Returns whether there was a result.
  public boolean check(Expr expr) {
    selectors(expr);
    Outcome plain = instant(expr);
    if (plain.isCutOff()) {
      return false;
    }
    expectSame("(e) = e", plain, instant(new Expr.Parens(expr, expr.span())), true);
    String text = language.print(expr);
    if (!PrintLosses.in(expr)) {
      Outcome printed = instant(language.parse(text));
      expectSame("the printed query has the same result", plain, printed, true);
    }
    shifted(expr, text, plain);
    pinned(expr, plain);
    if (expr.type() == ValueType.VECTOR) {
      sets(expr, plain);
    }
    if (expr.type() == ValueType.VECTOR || expr.type() == ValueType.SCALAR) {
      steps(expr);
    }
    return plain.value() != null;
  }

  private static void expectSame(String rule, Outcome one, Outcome other, boolean times) {
    if (one.isCutOff() || other.isCutOff()) {
      return;
    }
    Value first = one.value();
    Value second = other.value();
    String difference =
        first != null && second != null
            ? Results.difference(first, second, times)
            : first == null && second == null ? null : one + " and " + other;
    if (difference != null) {
      throw new Violation(rule, difference);
    }
  }

  private void selectors(Expr expr) {
    List<Results.Sample> wanted = SelectorModel.select(expr, setting, setting.timeMs());
    if (wanted != null) {
      Value got = instant(expr).value();
      String difference =
          got == null
              ? null
              : Results.difference(
                  Results.sorted(wanted), Results.sorted(Results.samples(got)), true);
      if (difference != null) {
        throw new Violation(
            "selectors select what they say", language.print(expr) + ": " + difference);
      }
    }
    // A range's own selector alone is another query.
    if (!(expr instanceof Expr.MatrixSelector)) {
      Trees.children(expr).forEach(this::selectors);
    }
  }

  private void shifted(Expr expr, String text, Outcome plain) {
    boolean may =
        switch (expr) {
          case Expr.VectorSelector vector -> vector.when().offset() == null;
          case Expr.MatrixSelector matrix -> matrix.vector().when().offset() == null;
          case Expr.Subquery subquery -> subquery.when().offset() == null;
          default -> false;
        };
    if (may && !PrintLosses.in(expr)) {
      expectSame("e offset 0s = e", plain, instant(language.parse(text + " offset 0s")), true);
    }
  }

  private void pinned(Expr expr, Outcome plain) {
    if (!Clocks.seesTime(expr) && !Clocks.seesRange(expr)) {
      Expr pinned = Clocks.pinned(expr, setting.timeMs());
      Outcome later = instant(pinned, setting.timeMs() + LATER_MS);
      expectSame("e @ t, asked later, = e at t", plain, later, false);
    }
  }

  private void sets(Expr expr, Outcome plain) {
    Outcome counted =
        instant(new Expr.Aggregate(AggregateOp.COUNT, expr, null, List.of(), false, expr.span()));
    Value value = plain.value();
    if (value == null || counted.isCutOff()) {
      return;
    }
    int size = Results.samples(value).size();
    Value count = counted.value();
    List<Results.Sample> told = count == null ? List.of() : Results.samples(count);
    boolean right =
        size == 0 ? told.isEmpty() : told.size() == 1 && told.getFirst().value() == size;
    if (!right) {
      throw new Violation("count(e) counts e", counted + " for " + size + " elements");
    }
    expectSame("e or e = e", plain, instant(set(BinaryOp.OR, expr)), true);
    expectSame("e and e = e", plain, instant(set(BinaryOp.AND, expr)), true);
    Outcome none = new Outcome(new Value.Vector(List.of()), null);
    expectSame("e unless e is empty", none, instant(set(BinaryOp.UNLESS, expr)), true);
  }

  private static Expr set(BinaryOp op, Expr expr) {
    Span span = expr.span();
    Expr operand = new Expr.Parens(expr, span);
    return new Expr.Binary(op, operand, operand, false, SETS, span);
  }

  /// A range query has at each step what an instant query has then.
  private void steps(Expr expr) {
    if (Clocks.seesRange(expr)
        || Trees.anyMatch(
            expr, each -> EvaluationChecks.chooses(each) || hasFrozenParameter(each))) {
      return;
    }
    Outcome range = outcome(() -> language.range(expr, setting));
    Value whole = range.value();
    if (whole == null) {
      // Series that never meet at one time may do so over the range.
      return;
    }
    List<Results.Sample> instants = new ArrayList<>();
    for (long at = setting.startMs(); at <= setting.endMs(); at += setting.stepMs()) {
      Outcome outcome = instant(expr, at);
      if (outcome.isCutOff()) {
        return;
      }
      Value value = outcome.value();
      if (value == null) {
        throw new Violation("a range query fails where an instant query does", outcome.toString());
      }
      instants.addAll(Results.samples(value));
    }
    String difference =
        Results.difference(comparable(instants), comparable(Results.samples(whole)), true);
    if (difference != null) {
      throw new Violation("a range query is made of instant queries", difference);
    }
  }

  /// In one order. Where names are removed late, a series of a range query loses its name for all
  /// steps or none, as in Prometheus: names are left out then.
  private List<Results.Sample> comparable(List<Results.Sample> samples) {
    if (!setting.options().delayedNameRemoval()) {
      return Results.sorted(samples);
    }
    List<Results.Sample> nameless = Results.sorted(Results.nameless(samples));
    return nameless.size() == samples.size() ? nameless : List.of();
  }

  /// Whether a range query keeps the parameter of its first step, as Prometheus does where the
  /// operand is the same at all steps.
  private static boolean hasFrozenParameter(Expr expr) {
    return expr instanceof Expr.Aggregate aggregate
        && aggregate.parameter() != null
        && !Invariance.isInvariant(aggregate.parameter())
        && Invariance.isInvariant(aggregate.inner());
  }

  /// Whether it depends on the order of elements, which ranges and instants need not share.
  private static boolean chooses(Expr expr) {
    return expr instanceof Expr.Aggregate aggregate
        && switch (aggregate.op()) {
          case TOPK, BOTTOMK, LIMITK -> true;
          default -> false;
        };
  }
}
