package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPromqlCommandTest {
  private static final String GOOD =
      """
      load 1m
        a 1 2 3

      eval instant at 1m a
        a 2
      """;

  private static final String BAD =
      """
      load 1m
        a 1 2 3

      eval instant at 1m a
        a 7

      eval range from 0 to 2m step 1m a
        a 1 2 3
      """;

  private static final String EXPERIMENTAL =
      """
      load 1m
        a{x="1"} 1 2 3

      eval instant at 1m mad_over_time(a[2m])
        {x="1"} 0.5

      eval instant at 1m label_replace(abs(a), "y", "$1", "__name__", "(.+)")
        {x="1", y="a"} 2
      """;

  private final CommandLine commands = new CommandLine("test", "promql");

  @TempDir private Path folder;

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
  void aScriptThatPassesIsCounted() throws IOException {
    assertThat(run(file("good.test", GOOD))).isZero();
    assertThat(out()).isEqualTo("1 passed, 0 failed\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void aCaseThatFailsIsToldWithItsPlace() throws IOException {
    String bad = file("bad.test", BAD);
    assertThat(run(bad)).isEqualTo(1);
    assertThat(out())
        .isEqualTo(bad + ":4: a\n  expected  a 7\n  actual    a 2\n1 passed, 1 failed\n");
  }

  @Test
  void severalFilesMakeATable() throws IOException {
    assertThat(run(file("good.test", GOOD), file("bad.test", BAD))).isEqualTo(1);
    assertThat(out())
        .containsPattern("file +passed +failed\n")
        .containsPattern("good.test +1 +0\n")
        .containsPattern("bad.test +1 +1\n")
        .endsWith("\n2 passed, 1 failed\n");
  }

  @Test
  void inProductionExperimentalFeaturesAreRefusedAndFlagsTold() throws IOException {
    String script = file("new.test", EXPERIMENTAL);
    assertThat(run(script)).isZero();
    assertThat(out()).isEqualTo("2 passed, 0 failed\n");
    assertThat(run("--profile", "production", script)).isZero();
    assertThat(out())
        .contains(script + ":7: needs promql-delayed-name-removal: label_replace(abs(a)")
        .contains("1 refused as they should be, 1 with another result without a feature flag")
        .endsWith("\n2 passed, 0 failed\n");
  }

  @Test
  void whatIsNoScriptIsToldWithItsPlace() throws IOException {
    String broken = file("broken.test", "load 1m\n  a 1\n\neval instant at 1m a +\n");
    assertThat(run(broken, file("good.test", GOOD))).isEqualTo(2);
    assertThat(err()).isEqualTo(broken + ":4:23: unexpected end of input\n");
    assertThat(out()).endsWith("1 passed, 0 failed\n");
  }

  @Test
  void aFileThatCannotBeReadIsTold() {
    String missing = folder.resolve("missing.test").toString();
    assertThat(run(missing)).isEqualTo(2);
    assertThat(err()).startsWith(missing + ": cannot be read: ");
  }

  @Test
  void thereMustBeAFileAndTheProfileMustBeKnown() {
    assertThat(run()).isEqualTo(2);
    assertThat(err()).contains("name at least one script");
    assertThat(run("--profile", "prod", "x.test")).isEqualTo(2);
    assertThat(err()).contains("--profile \"prod\" is neither all nor production");
  }
}
