package dev.tocsin.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.promql.parse.ParseOptions;
import dev.tocsin.promql.parse.PromqlParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Runs Prometheus's own test scripts. What does not pass is written to
/// `target/promql-scripts/<file>-<delayed>.txt`.
class PromqlScriptsTest {
  private static Path folder() {
    String given = System.getenv("TOCSIN_CONFORMANCE");
    String root = Objects.requireNonNull(System.getProperty("tocsin.root"), "tocsin.root");
    Path conformance =
        given == null ? Path.of(root).resolve("../shared/conformance") : Path.of(given);
    Path scripts = conformance.resolve("promql").normalize();
    assumeTrue(Files.isDirectory(scripts), "no test data of other projects at " + scripts);
    return scripts;
  }

  /// How many evaluations of each file pass at least: with delayed name removal, which the scripts
  /// assume, all that have float samples only; at once, as Prometheus runs by default, all but
  /// those that are about names.
  @ParameterizedTest
  @CsvSource({
    "aggregators, 125, 125",
    "at_modifier, 78, 78",
    "collision, 2, 2",
    "duration_expression, 59, 59",
    "extended_vectors, 120, 120",
    "fill-modifier, 46, 46",
    "functions, 323, 323",
    "histograms, 93, 87",
    "info, 52, 52",
    "limit, 1, 1",
    "literals, 25, 25",
    "name_label_dropping, 30, 22",
    "native_histograms, 3, 1",
    "operators, 142, 142",
    "range_queries, 16, 16",
    "selectors, 31, 31",
    "staleness, 17, 17",
    "start_timestamps, 0, 0",
    "subquery, 32, 32",
    "trig_functions, 19, 19",
    "type_and_unit, 58, 54"
  })
  void asManyPassAsEverDid(String name, int delayed, int atOnce) throws IOException {
    String script = Files.readString(folder().resolve(name + ".test"));
    assertThat(passed(name, script, true))
        .as("delayed name removal")
        .isGreaterThanOrEqualTo(delayed);
    assertThat(passed(name, script, false))
        .as("names removed at once")
        .isGreaterThanOrEqualTo(atOnce);
  }

  private static int passed(String name, String script, boolean delayed) throws IOException {
    PromqlScripts scripts =
        new PromqlScripts(text -> PromqlParser.parse(text, ParseOptions.ALL), delayed);
    scripts.run(script);
    Path failures = Path.of("target", "promql-scripts", name + "-" + delayed + ".txt");
    Files.createDirectories(Objects.requireNonNull(failures.getParent()));
    String summary =
        scripts.passed()
            + " passed, "
            + scripts.failures().size()
            + " failed, not about floats only: "
            + scripts.skipped();
    Files.writeString(failures, summary + "\n" + String.join("\n", scripts.failures()) + "\n");
    return scripts.passed();
  }
}
