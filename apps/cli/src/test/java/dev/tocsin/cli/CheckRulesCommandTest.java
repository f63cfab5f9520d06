package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The linter on the command line.
class CheckRulesCommandTest {
  private static final String RULES =
      """
      groups:
        - name: g
          rules:
            - {alert: A, expr: 'absent(up) > 1', for: 20s}
            - {record: r, expr: 'sum(rate(x[20s]))'}
            - {record: r, expr: 'sum by (job) (x)'}
      """;

  private final CommandLine commands = new CommandLine("check", "rules");
  @TempDir private Path folder;
  private String file = "";

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("r.yml"), RULES).toString();
  }

  private int check(String... arguments) {
    return commands.run(arguments);
  }

  private String err() {
    return commands.err().replace(file, "r.yml");
  }

  @Test
  void duplicatesAreTheDefaultAndNotFatal() {
    assertThat(check(file)).isZero();
    assertThat(err())
        .isEqualTo(
            """
            r.yml:6:18: warning: record "r": the rule in line 5 has the same name and labels\
             [duplicate-rules]
                rename one of them or give it another label: their series are the same
            1 warning of the linter.
            """);
    assertThat(check("--lint-fatal", file)).isEqualTo(3);
    assertThat(check("--lint=none", "--lint-fatal", file)).isZero();
    assertThat(err()).isEmpty();
    assertThat(check("--lint", "", "--lint-fatal", file)).isZero();
  }

  @Test
  void allIsEverythingButTheCost() {
    assertThat(check("--lint=all", file)).isZero();
    assertThat(err())
        .contains("[short-for]", "[short-range]", "[impossible-comparison]", "[whole-evaluation]")
        .contains("r.yml:5:28: info: record \"r\": is evaluated over all its series")
        .contains("sum(rate(x[20s])) cannot be split by a label")
        .doesNotContain("[cost]")
        .endsWith("4 warnings of the linter.\n");
    assertThat(check("--lint=all", "--scrape-interval=10s", "--evaluation-interval=10s", file))
        .isZero();
    assertThat(err()).doesNotContain("[short-for]", "[short-range]");
  }

  @Test
  void theCostIsToldWhenAskedFor() {
    assertThat(check("--lint=cost", "--lint-fatal", "--series=50", file)).isZero();
    assertThat(err())
        .contains("cost: whole; each change re-evaluates all series; 1 selector, 20s back")
        .contains("50 samples with 50 series a selector")
        .contains("cost: partition; each change re-evaluates the series with the same job");
  }

  @Test
  void anUnknownCheckIsToldAndLeftOut() {
    assertThat(check("--lint=short-fro,duplicate-rules", file)).isZero();
    assertThat(err())
        .startsWith("unknown lint option \"short-fro\"; did you mean \"short-for\"?\n")
        .contains("[duplicate-rules]");
  }

  @Test
  void whatIsNoIntervalOrNumberIsRefused() {
    assertThat(check("--scrape-interval", "fast", file)).isEqualTo(2);
    assertThat(err()).contains("--scrape-interval \"fast\" is no duration");
    assertThat(check("--series", "0", file)).isEqualTo(2);
  }

  @Test
  void problemsOutweighTheLinter() throws IOException {
    Path bad = Files.writeString(folder.resolve("b.yml"), "groups: [{name: g, rulez: []}]\n");
    assertThat(check("--lint-fatal", file, bad.toString())).isEqualTo(1);
    assertThat(err()).contains("rulez: unknown key", "[duplicate-rules]");
    assertThat(check("--ignore-unknown-fields", bad.toString())).isZero();
  }

  /// Promtool's verdict on each: exit code 3 where it finds a duplicate.
  @Test
  void promtoolFindsTheSameDuplicates() throws IOException {
    String named = System.getenv("TOCSIN_CONFORMANCE");
    Path root =
        named != null
            ? Path.of(named)
            : Path.of(System.getProperty("tocsin.root", ".."), "..", "shared", "conformance");
    Assumptions.assumeTrue(Files.isDirectory(root), () -> "not there: " + root);
    assertThat(check("--lint-fatal", root.resolve("promtool/rules_duplicates.yml").toString()))
        .isEqualTo(3);
    assertThat(err()).contains("2 warnings of the linter.");
    assertThat(check("--lint-fatal", root.resolve("promtool/rules.yml").toString())).isZero();
    try (Stream<Path> packs = Files.list(root.resolve("rule_packs"))) {
      for (Path pack : packs.sorted().toList()) {
        assertThat(check("--lint-fatal", pack.toString())).as(pack.toString()).isIn(0, 3);
        assertThat(check("--lint=all", pack.toString())).as(pack.toString()).isZero();
      }
    }
  }
}
