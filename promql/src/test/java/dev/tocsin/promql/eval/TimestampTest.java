package dev.tocsin.promql.eval;

import static dev.tocsin.promql.eval.Trees.call;
import static dev.tocsin.promql.eval.Trees.selector;
import static dev.tocsin.promql.eval.Trees.series;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.value.Value;
import org.junit.jupiter.api.Test;

class TimestampTest {
  private final MemorySource source = new MemorySource();

  /// Of a sample taken at 30 s, asked for at 40 s.
  private double timestamp(Expr argument) {
    source.with(series("up"), 30_000, 1, 1);
    Evaluation result =
        new Evaluator(source, EvalOptions.DEFAULT).instant(call("timestamp", argument), 40_000);
    return ((Value.Vector) result.value()).elements().getFirst().value();
  }

  @Test
  void ofASelectorItIsTheSamples() {
    assertThat(timestamp(selector("up"))).isEqualTo(30);
    assertThat(timestamp(new Expr.Parens(selector("up"), Span.NONE))).isEqualTo(30);
  }

  @Test
  void ofAnythingElseItIsTheEvaluations() {
    assertThat(timestamp(new Expr.Unary(false, selector("up"), Span.NONE))).isEqualTo(40);
    assertThat(timestamp(call("abs", selector("up")))).isEqualTo(40);
  }
}
