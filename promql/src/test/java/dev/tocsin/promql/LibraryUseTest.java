package dev.tocsin.promql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.eval.Evaluation;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.promql.script.MemorySeries;
import dev.tocsin.promql.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The example of docs/promql.md: queries without any input or output.
class LibraryUseTest {
  @Test
  void aQueryIsEvaluatedOverSeriesInMemory() {
    MemorySeries series = new MemorySeries();
    Labels requests = Labels.of("__name__", "requests_total", "job", "web");
    for (int minute = 0; minute <= 10; minute++) {
      series.add(requests, minute * 60_000L, minute * 30.0);
    }

    String text = "sum by (job) (rate(requests_total[5m]))";
    Expr query = PromqlParser.parse(text);
    Evaluator evaluator = new Evaluator(series, EvalOptions.DEFAULT);
    Evaluation result = evaluator.instant(query, text, 600_000);

    List<Value.Element> elements = ((Value.Vector) result.value()).elements();
    assertThat(elements).containsExactly(new Value.Element(Labels.of("job", "web"), 600_000, 0.5));
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  void theDocumentShowsThisCode() throws IOException {
    Path root = Path.of(Objects.requireNonNull(System.getProperty("tocsin.root"), "tocsin.root"));
    String document = Files.readString(root.resolve("docs/promql.md"));
    String code =
        Files.readString(
            root.resolve("promql/src/test/java/dev/tocsin/promql/LibraryUseTest.java"));
    int start = document.indexOf("```java\n") + "```java\n".length();
    String example = document.substring(start, document.indexOf("```", start));
    assertThat(code).contains(example.strip().indent(4).replaceAll("(?m)^ +$", ""));
  }
}
