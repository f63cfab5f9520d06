package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRulesCommandTest {
  private static final String GOOD =
      """
      rule_files: ["rules/*.yml"]
      tests:
        - name: up
          input_series: [{series: x, values: 1 2}]
          promql_expr_test: [{expr: "r", eval_time: 1m, exp_samples: [{labels: r, value: 3}]}]
      """;

  private final CommandLine commands = new CommandLine("test", "rules");

  @TempDir private Path folder;

  @BeforeEach
  void rules() throws IOException {
    Files.createDirectory(folder.resolve("rules"));
    file("rules/a.yml", "groups: [{name: g, rules: [{record: r, expr: x + 1}]}]");
  }

  private int run(String... arguments) {
    return commands.run(arguments);
  }

  private String out() {
    return commands.out();
  }

  private String err() {
    return commands.err();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void rulesThatPassAreASuccess() throws IOException {
    assertThat(run(file("good.yml", GOOD))).isZero();
    assertThat(out()).isEqualTo("  SUCCESS\n\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void whatFailsIsToldAndOfSeveralFilesWhich() throws IOException {
    String good = file("good.yml", GOOD);
    String bad = file("bad.yml", GOOD.replace("value: 3", "value: 4"));
    assertThat(run(good, bad)).isEqualTo(1);
    assertThat(out())
        .isEqualTo("Unit Testing:  " + good + "\n  SUCCESS\n\nUnit Testing:  " + bad + "\n\n\n");
    assertThat(err())
        .isEqualTo(
            """
              FAILED:
                expr: "r", time: 1m,
                    exp: {__name__="r"} 4E+00
                    got: {__name__="r"} 3E+00
            """);
  }

  @Test
  void aRuleFileIsNamedAsSeenFromHereAndAPatternWithoutFilesIsAWarning() throws IOException {
    file("rules/b.yml", "groups: [{name: h, rules: [{record: s, expr: x +}]}]");
    String test = file("good.yml", GOOD.replace("[\"rules", "[none.yml, \"rules"));
    assertThat(run(test)).isEqualTo(1);
    assertThat(err())
        .startsWith("  WARNING: no file match pattern none.yml\n  FAILED:\n" + folder)
        .contains(folder.resolve("rules/b.yml") + ":1:49: groups[0].rules[0].expr: ");
  }

  @Test
  void onlyTestsWithTheNamesAskedForRun() throws IOException {
    String more = GOOD + "  - {name: down, promql_expr_test: [{expr: \"1\"}]}\n";
    String test = file("test.yml", more);
    assertThat(run(test)).isEqualTo(1);
    assertThat(run("--run", "^up$", "--run=side", test)).isZero();
    assertThat(run("--run", "ow", test)).isEqualTo(1);
    assertThat(run("--run", "(", test)).isEqualTo(2);
    assertThat(err()).contains("--run is no regular expression: ");
  }

  @Test
  void resultsAreWrittenAsJunitXml() throws IOException {
    String good = file("good.yml", GOOD);
    String bad = file("bad.yml", GOOD.replace("value: 3", "value: 4").replace("up", "u<&\\\"p"));
    String broken = file("broken.yml", "tests: 1");
    Path junit = folder.resolve("junit.xml");
    assertThat(run("--junit", junit.toString(), good, bad, broken)).isEqualTo(1);
    assertThat(Files.readString(junit).replaceAll("T[0-9:]{8}\"", "T\""))
        .startsWith("<testsuites><testsuite name=\"" + good + "\" tests=\"1\" failures=\"0\"")
        .contains("<testcase name=\"up\"></testcase></testsuite>")
        .contains("name=\"" + bad + "\" tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\"")
        .contains("<testcase name=\"u&lt;&amp;\\&#34;p\"><failure>    expr: &#34;r&#34;, time: 1m,")
        .contains("&#xA;        exp: {__name__=&#34;r&#34;} 4E+00&#xA;")
        .contains("name=\"" + broken + "\" tests=\"1\" failures=\"0\" errors=\"1\"")
        .contains("<testcase name=\"unknown\"><error>" + broken + ":1:8: tests: must be a list")
        .endsWith("</testsuite></testsuites>\n");
    assertThat(run("--junit", folder.resolve("no/such/folder").toString(), good)).isEqualTo(2);
    assertThat(err()).contains("failed to write JUnit XML: ");
  }

  @Test
  void aFileThatIsNotThereFails() {
    String missing = folder.resolve("missing.yml").toString();
    assertThat(run(missing)).isEqualTo(1);
    assertThat(err()).startsWith("  FAILED:\n" + missing + ": cannot be read: ");
    assertThat(run()).isEqualTo(2);
    assertThat(err()).contains("name at least one test file");
  }

  @Test
  void experimentalPartsOfTheLanguageCanBeSwitchedOn() throws IOException {
    file("rules/a.yml", "groups: [{name: g, rules: [{record: r, expr: 'mad_over_time(x[5m])'}]}]");
    String test = file("test.yml", GOOD.replace("value: 3", "value: 0.5"));
    assertThat(run(test)).isEqualTo(1);
    assertThat(err()).contains("is not enabled");
    assertThat(run("--enable-feature", "promql-experimental-functions,other", test)).isZero();
    assertThat(err()).isEqualTo("  WARNING: Unknown feature passed to --enable-feature: other\n");
    assertThat(run("--debug", "--enable-feature=promql-experimental-functions", test)).isZero();
    assertThat(err()).contains("DEBUG: Starting test up\n").contains("r =>\n0 @[0]\n0.5 @[60000]");
  }
}
