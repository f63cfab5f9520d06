package dev.tocsin.rules.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tocsin.model.problem.Problem;
import dev.tocsin.model.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Rule files of other projects, good and bad.
class ConformanceTest {
  private static final Set<String> BAD_BY_CONTENT =
      Set.of(
          "invalid_rules.yaml", "rules-bad.yml", "bad-rules-syntax.yml", "rules_extrafields.yml");

  private static final Set<String> RULES_OF_PROMTOOL =
      Set.of(
          "rules.yml",
          "rules_large.yml",
          "at-modifier.yml",
          "negative-offset.yml",
          "rules_duplicates.yml",
          "prometheus-rules.lint.yml",
          "bad-rules-error.yml",
          "rules-bad.yml",
          "bad-rules-syntax.yml",
          "rules_extrafields.yml");

  private static Path conformance() {
    String named = System.getenv("TOCSIN_CONFORMANCE");
    Path folder =
        named != null
            ? Path.of(named)
            : Path.of(System.getProperty("tocsin.root", ".."), "..", "shared", "conformance");
    Assumptions.assumeTrue(Files.isDirectory(folder), () -> "not there: " + folder);
    return folder;
  }

  private static List<Path> files() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String folder : List.of("rulefmt", "rules_fixtures", "promtool", "rule_packs")) {
      try (Stream<Path> files = Files.list(conformance().resolve(folder))) {
        files
            .filter(file -> !folder.equals("promtool") || isRules(file))
            .sorted()
            .forEach(all::add);
      }
    }
    return all;
  }

  private static boolean isRules(Path file) {
    return RULES_OF_PROMTOOL.contains(file.getFileName().toString());
  }

  @TestFactory
  List<DynamicTest> goodFilesAreReadAndBadOnesAreRefused() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      boolean bad = name.contains(".bad.") || BAD_BY_CONTENT.contains(name);
      String verdict = bad ? " is refused" : " is read";
      tests.add(dynamicTest(conformance().relativize(file) + verdict, () -> check(file, bad)));
    }
    assertThat(tests).hasSizeGreaterThan(40);
    return tests;
  }

  private static void check(Path file, boolean bad) throws IOException {
    Problems problems = new Problems();
    // Half of the files of the old naming scheme say the same as good files of the new one.
    boolean legacy = file.getFileName().toString().startsWith("legacy");
    ReadOptions options = new ReadOptions(legacy, false);
    RuleFile read = RuleFileReader.read(file.toString(), Files.readString(file), options, problems);
    List<String> said = problems.list().stream().map(Problem::toString).toList();
    if (bad) {
      assertThat(said).isNotEmpty();
      assertThat(problems.list()).allMatch(problem -> problem.line() > 0, "has a line");
    } else {
      assertThat(said).isEmpty();
      assertThat(read.groups()).isNotEmpty();
    }
  }

  @TestFactory
  List<DynamicTest> extraFieldsAreReadWhenIgnored() {
    Path file = conformance().resolve("promtool/rules_extrafields.yml");
    return List.of(
        dynamicTest(
            "promtool/rules_extrafields.yml",
            () -> {
              Problems problems = new Problems();
              ReadOptions options = new ReadOptions(false, true);
              RuleFileReader.read(file.toString(), Files.readString(file), options, problems);
              assertThat(problems.list()).isEmpty();
            }));
  }
}
