package dev.tocsin.engine;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.promql.value.Value;
import dev.tocsin.rules.template.TemplateQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Evaluates the expressions of rules, and the queries in their templates. Engine's thread.
final class RuleQueries {
  private final RuleSource source;
  private final EvalOptions options;
  private Features features = Features.NONE;
  private Evaluator evaluator;
  private EvalOptions running;

  RuleQueries(RuleSource source, EvalOptions options) {
    this.source = source;
    this.options = options;
    this.evaluator = new Evaluator(source, options);
    this.running = options;
  }

  /// @param stepMs of subqueries that name none
  void settings(long stepMs, Features on) {
    features = on;
    running = on.applied(options).withDefaultStepMs(stepMs);
    evaluator = new Evaluator(source, running);
  }

  long lookbackMs() {
    return options.lookbackMs();
  }

  /// The elements of the result; a scalar is one without labels. A mistake of ours is the rule's
  /// failure too, and not the engine's end.
  List<Value.Element> elements(Expr expr, long timeMs) throws RuleFailure {
    return elements(evaluator, expr, timeMs);
  }

  /// The same where all series but these add nothing to it.
  ///
  /// @param among ids, ascending; null: all
  List<Value.Element> elements(int @Nullable [] among, Expr expr, long timeMs) throws RuleFailure {
    if (among == null) {
      return elements(expr, timeMs);
    }
    if (among.length == 0) {
      // Over no series it might have a result (`absent`), which it has not over all.
      return List.of();
    }
    return elements(source.among(among), expr, timeMs);
  }

  /// The same over a part of the series.
  List<Value.Element> elements(SeriesSource part, Expr expr, long timeMs) throws RuleFailure {
    return elements(new Evaluator(part, running), expr, timeMs);
  }

  private static List<Value.Element> elements(Evaluator evaluator, Expr expr, long timeMs)
      throws RuleFailure {
    Value value;
    try {
      value = evaluator.instant(expr, timeMs).value();
    } catch (EvalException e) {
      throw new RuleFailure(String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      throw new RuleFailure("internal error: " + e);
    }
    return switch (value) {
      case Value.Vector vector -> withNormalNans(vector.elements());
      case Value.Scalar scalar ->
          withNormalNans(
              List.of(new Value.Element(Labels.empty(), scalar.timeMs(), scalar.value())));
      case Value.Text _, Value.Matrix _ ->
          throw new RuleFailure("rule result is not a vector or scalar");
    };
  }

  /// The same decision has to have the same bits.
  private static List<Value.Element> withNormalNans(List<Value.Element> result) {
    for (Value.Element one : result) {
      if (Double.isNaN(one.value())) {
        return result.stream().map(RuleQueries::withNormalNan).toList();
      }
    }
    return result;
  }

  private static Value.Element withNormalNan(Value.Element one) {
    double value = StaleMarker.withNormalNan(one.value());
    return new Value.Element(one.labels(), one.timeMs(), value, one.histogram());
  }

  List<TemplateQuery.Sample> samples(String text, long timeMs) {
    try {
      return elements(PromqlParser.parse(text, features.parseOptions()), timeMs).stream()
          .map(
              element ->
                  new TemplateQuery.Sample(element.labels(), element.value(), element.histogram()))
          .toList();
    } catch (RuleFailure e) {
      throw new IllegalStateException(e.reason(), e);
    }
  }
}
