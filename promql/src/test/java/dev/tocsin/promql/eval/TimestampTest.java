package dev.tocsin.promql.eval;

import static dev.tocsin.promql.eval.Trees.call;
import static dev.tocsin.promql.eval.Trees.selector;
import static dev.tocsin.promql.eval.Trees.series;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.parse.PromqlParser;
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

  /// As Prometheus 3.5.3 answers: at `@` it looks no further ahead than the offset selected.
  @Test
  void withAtOnlyAnOffsetIntoThePastCounts() {
    source.with(series("up"), 30_000, 1, 1, 1, 1);
    assertThat(of("timestamp(up @ 65)")).isEqualTo(60);
    assertThat(of("timestamp(up @ 65 offset 10s)")).isEqualTo(30);
    assertThat(of("timestamp(up @ 65 offset -30s)")).isEqualTo(60);
    assertThat(of("timestamp(up offset -30s)")).isEqualTo(60);
  }

  private double of(String query) {
    Evaluator evaluator = new Evaluator(source, EvalOptions.DEFAULT);
    Value value = evaluator.instant(PromqlParser.parse(query), 40_000).value();
    return ((Value.Vector) value).elements().getFirst().value();
  }
}
