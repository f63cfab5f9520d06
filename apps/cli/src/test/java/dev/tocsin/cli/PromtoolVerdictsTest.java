package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The unit tests that promtool itself is tested with, and its verdicts.
class PromtoolVerdictsTest {
  /// Exit code, file, flags.
  private static final String VERDICTS =
      """
      0 unittest.yml
      0 long-period.yml
      0 start-time-test.yml
      0 at-modifier-test.yml
      0 negative-offset-test.yml
      0 no-test-group-interval.yml
      1 bad-input-series.yml
      1 bad-promql.yml
      1 bad-rules-syntax-test.yml
      1 bad-rules-error-test.yml
      1 failing.yml
      1 rules_run.yml
      1 rules_run.yml --run correct --run wrong
      1 rules_run.yml --run wrong
      0 rules_run.yml --run correct
      0 rules_run_extrafields.yml --ignore-unknown-fields
      1 rules_run_extrafields.yml
      1 rules_run_no_fuzzy.yml
      0 rules_run_fuzzy.yml --run correct
      1 rules_run_fuzzy.yml --run wrong
      """;

  private static Path folder() {
    String named = System.getenv("TOCSIN_CONFORMANCE");
    Path conformance =
        named != null
            ? Path.of(named)
            : Path.of(System.getProperty("tocsin.root", ".."), "..", "shared", "conformance");
    Path folder = conformance.resolve("promtool");
    Assumptions.assumeTrue(Files.isDirectory(folder), () -> "not there: " + folder);
    return folder;
  }

  private record Ran(int code, String printed) {}

  private static Ran run(List<String> arguments) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
    int code = Main.run(arguments, new Terminal(both, both));
    return new Ran(code, printed.toString(StandardCharsets.UTF_8));
  }

  @TestFactory
  Stream<DynamicTest> everyFileHasPromtoolsVerdict() {
    Path folder = folder();
    return VERDICTS.lines().map(line -> dynamicTest(line, () -> check(line, folder)));
  }

  private static void check(String line, Path folder) {
    List<String> words = List.of(line.split(" "));
    List<String> arguments = new ArrayList<>(List.of("test", "rules"));
    arguments.addAll(words.subList(2, words.size()));
    arguments.add(folder.resolve(words.get(1)).toString());
    Ran ran = run(arguments);
    assertThat(ran.code()).as(ran.printed()).isEqualTo(Integer.parseInt(words.getFirst()));
    assertThat(ran.printed()).contains(ran.code() == 0 ? "  SUCCESS\n" : "  FAILED:\n");
  }

  @TestFactory
  Stream<DynamicTest> theTestsOfAllFilesRun() {
    Path folder = folder();
    return Stream.of(
        dynamicTest(
            "the wrong values of failing.yml are shown as promtool shows them",
            () -> {
              String failing = folder.resolve("failing.yml").toString();
              String printed = run(List.of("test", "rules", failing)).printed();
              assertThat(printed)
                  .contains(
                      "    expr: \"test\", time: 0s,\n        exp: {__name__=\"test\"} 1E+00\n")
                  .contains(
                      "    name: Failing alert test,\n    alertname: InstanceDown, time: 5m, \n");
            }));
  }
}
