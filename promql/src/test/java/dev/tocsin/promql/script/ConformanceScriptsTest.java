package dev.tocsin.promql.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Runs Prometheus's own scripts, as they are, in both profiles.
class ConformanceScriptsTest {
  private static Script script(String name) throws IOException {
    String given = System.getenv("TOCSIN_CONFORMANCE");
    String root = Objects.requireNonNull(System.getProperty("tocsin.root"), "tocsin.root");
    Path conformance =
        given == null ? Path.of(root).resolve("../shared/conformance") : Path.of(given);
    Path scripts = conformance.resolve("promql").normalize();
    assumeTrue(Files.isDirectory(scripts), "no test data of other projects at " + scripts);
    return Script.parse(Files.readString(scripts.resolve(name + ".test")));
  }

  private static String failures(ScriptReport report) {
    return report.outcomes().stream()
        .filter(Outcome::failed)
        .map(outcome -> "line " + outcome.line() + ": " + outcome.query() + " " + outcome.verdict())
        .collect(Collectors.joining("\n"));
  }

  /// No case fails. How many there are is said too, so that none is lost; and of those in
  /// production how many are refused, and how many have another result without their feature flag.
  @ParameterizedTest
  @CsvSource({
    "aggregators, 160, 2, 0",
    "at_modifier, 78, 1, 0",
    "collision, 2, 0, 0",
    "duration_expression, 59, 0, 0",
    "extended_vectors, 169, 135, 0",
    "fill-modifier, 46, 45, 0",
    "functions, 431, 80, 0",
    "histograms, 185, 18, 8",
    "info, 53, 53, 0",
    "limit, 37, 37, 0",
    "literals, 25, 0, 0",
    "name_label_dropping, 30, 0, 8",
    "native_histograms, 522, 7, 11",
    "operators, 214, 0, 0",
    "range_queries, 18, 2, 0",
    "selectors, 31, 0, 0",
    "staleness, 17, 0, 0",
    "start_timestamps, 26, 2, 22",
    "subquery, 34, 0, 0",
    "trig_functions, 19, 0, 0",
    "type_and_unit, 58, 0, 4"
  })
  void everyCasePasses(String name, int cases, int refused, int flagged) throws IOException {
    Script script = script(name);
    ScriptReport all = ScriptRunner.run(script, Profile.ALL);
    assertThat(failures(all)).isEmpty();
    assertThat(all.passed()).isEqualTo(cases);
    assertThat(all.count(Verdict.Passed.class)).isEqualTo(cases);
    ScriptReport production = ScriptRunner.run(script, Profile.PRODUCTION);
    assertThat(failures(production)).isEmpty();
    assertThat(production.passed()).isEqualTo(cases);
    assertThat(production.count(Verdict.Refused.class)).isEqualTo(refused);
    assertThat(production.count(Verdict.NeedsFlag.class)).isEqualTo(flagged);
  }
}
