package dev.tocsin.promql.eval;

import static dev.tocsin.promql.eval.Trees.series;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.promql.value.Value;
import org.junit.jupiter.api.Test;

/// Where remarks point, and which are made: found by asking Prometheus the same.
class RemarkPlacesTest {
  private final MemorySource source = new MemorySource().with(series("x", "le", "1"), 1, 2, 3, 4);

  private Evaluation ask(String query) {
    return new Evaluator(source, EvalOptions.DEFAULT).instant(PromqlParser.parse(query), 3);
  }

  @Test
  void aRemarkOnASubqueryIsAtTheStart() {
    assertThat(ask("abs(rate(x[10m:1ms]))").infos()).singleElement().asString().endsWith("(1:1)");
    assertThat(ask("abs(rate(x[10m]))").infos()).singleElement().asString().endsWith("(1:10)");
  }

  @Test
  void ofTheSameWarningThePlaceFurthestOutIsTold() {
    assertThat(ask("quantile(2, histogram_quantile(2, x))").warnings())
        .singleElement()
        .asString()
        .endsWith("got 2 (1:10)");
  }

  @Test
  void whatIsNotTakenIsStillLookedAt() {
    assertThat(ask("topk(0, rate(x[10m]))").infos()).hasSize(1);
  }

  @Test
  void aMatcherThatTakesAwayComesLast() {
    assertThat(labels("absent(y{a!=\"1\",a=\"2\",b=\"3\"})")).isEqualTo(Labels.of("b", "3"));
    assertThat(labels("absent(y{a=\"2\",b!=\"3\"})")).isEqualTo(Labels.of("a", "2"));
  }

  @Test
  void columnsAreBytesOfUtf8() {
    String query = "rate(x{y!=\"ü€😀\"}[10m])\n  + rate(x[10m])";
    assertThat(
            new Evaluator(source, EvalOptions.DEFAULT)
                .instant(PromqlParser.parse(query), query, 3)
                .infos())
        .singleElement()
        .asString()
        .endsWith("(2:10)");
    String line = query.replace('\n', ' ');
    assertThat(
            new Evaluator(source, EvalOptions.DEFAULT)
                .instant(PromqlParser.parse(line), line, 3)
                .infos())
        .singleElement()
        .asString()
        .endsWith("(1:39)");
  }

  private Labels labels(String query) {
    return ((Value.Vector) ask(query).value()).elements().getFirst().labels();
  }
}
