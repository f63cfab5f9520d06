package dev.tocsin.bench.contract.reference;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.promql.value.Value;
import dev.tocsin.rules.template.TemplateQuery;
import java.util.List;

/// The query function of the rules.
final class ReferenceQueries {
  /// What the result of a rule cannot be, or a query that fails.
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1;

    Failed(String message) {
      super(message);
    }
  }

  private static final long SAMPLES_MAX = 400_000;

  private final ReferenceSeries series;
  private long defaultStepMs = 60_000;

  ReferenceQueries(ReferenceSeries series) {
    this.series = series;
  }

  void defaultStep(long stepMs) {
    defaultStepMs = stepMs;
  }

  List<Value.Element> elements(Expr expr, long timeMs) throws Failed {
    EvalOptions options =
        EvalOptions.DEFAULT.withSamplesMax(SAMPLES_MAX).withDefaultStepMs(defaultStepMs);
    try {
      Value value = new Evaluator(series.source(), options).instant(expr, timeMs).value();
      return switch (value) {
        case Value.Vector vector ->
            vector.elements().stream().map(ReferenceQueries::withNormalNan).toList();
        case Value.Scalar scalar ->
            List.of(withNormalNan(new Value.Element(Labels.empty(), timeMs, scalar.value())));
        case Value.Text _, Value.Matrix _ ->
            throw new Failed("rule result is not a vector or scalar");
      };
    } catch (EvalException e) {
      throw new Failed(String.valueOf(e.getMessage()));
    }
  }

  /// Which NaN it is depends on how the evaluator was compiled just then.
  private static Value.Element withNormalNan(Value.Element one) {
    double value = StaleMarker.withNormalNan(one.value());
    return new Value.Element(one.labels(), one.timeMs(), value, one.histogram());
  }

  /// For templates.
  List<TemplateQuery.Sample> samples(String text, long timeMs) {
    try {
      return elements(PromqlParser.parse(text), timeMs).stream()
          .map(one -> new TemplateQuery.Sample(one.labels(), one.value(), one.histogram()))
          .toList();
    } catch (Failed e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
