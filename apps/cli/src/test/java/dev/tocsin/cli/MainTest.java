package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private final CommandLine commands = new CommandLine();

  private int run(String... arguments) {
    return commands.run(arguments);
  }

  private String out() {
    return commands.out();
  }

  private String err() {
    return commands.err();
  }

  @Test
  void helpListsEveryCommand() {
    assertThat(run("help")).isZero();
    assertThat(out())
        .contains(
            "tocsin agent",
            "tocsin check config [--enable-feature NAMES] FILE",
            "tocsin check rules");
  }

  @Test
  void everyCommandHasItsOwnHelp() {
    assertThat(run("agent", "--help")).isZero();
    assertThat(out()).contains("--listen", "--data", "--insecure");
  }

  @Test
  void helpForOneCommandIsItsOwnHelp() {
    assertThat(run("help", "check", "rules")).isZero();
    assertThat(out())
        .startsWith("tocsin check rules [--enable-feature NAMES] [--lint CHECKS] FILE...\n");
  }

  @Test
  void theVersionIsTold() {
    assertThat(run("--version")).isZero();
    assertThat(out()).matches("tocsin \\d+\\.\\d+\\.\\d+\n");
  }

  @Test
  void halfACommandIsToldTheOtherHalves() {
    assertThat(run("check")).isEqualTo(2);
    assertThat(err()).contains("\"check\" needs to know what: check config, check rules");
  }

  @Test
  void optionsOfOneDashAndValuesOfFlagsAreRefused() {
    assertThat(run("check", "rules", "-v")).isEqualTo(2);
    assertThat(err()).contains("unknown option -v; options start with --");
    assertThat(run("agent", "--insecure=no")).isEqualTo(2);
    assertThat(err()).contains("--insecure takes no value");
  }

  @Test
  void aFileMayBeginWithADash() {
    assertThat(run("check", "rules", "--", "-no-such-file.yml")).isEqualTo(1);
    assertThat(err()).contains("-no-such-file.yml: cannot be read");
  }

  @Test
  void aMistypedCommandIsToldWithTheNearest() {
    assertThat(run("agen")).isEqualTo(2);
    assertThat(err()).contains("unknown command \"agen\"; did you mean \"agent\"?");
  }

  @Test
  void aMistypedOptionIsToldWithTheNearest() {
    assertThat(run("agent", "--confg", "x")).isEqualTo(2);
    assertThat(err()).contains("unknown option --confg; did you mean \"--config\"?");
  }

  @Test
  void aBrokenConfigurationStartsNothing(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("tocsin.yml"), "globl: {}\n");
    assertThat(run("agent", "--config", file.toString())).isEqualTo(2);
    assertThat(err())
        .contains(file + ":1:1: globl: unknown key")
        .contains("did you mean \"global\"?")
        .endsWith("1 problem. Nothing was started.\n");
  }

  @Test
  void mistakesInTheConfigurationAndInItsRulesAreToldTogether(@TempDir Path folder)
      throws IOException {
    Files.createDirectory(folder.resolve("rules"));
    Files.writeString(
        folder.resolve("rules/a.yml"),
        "groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: up ==\n");
    Path file =
        Files.writeString(
            folder.resolve("tocsin.yml"),
            "rule_files: ['rules/*.yml', missing.yml]\nscrape_configs: []\n");
    assertThat(run("check", "config", file.toString())).isEqualTo(1);
    assertThat(err())
        .contains("tocsin.yml:1:29: rule_files: \"missing.yml\" does not exist")
        .contains("tocsin.yml:2:17: scrape_configs: is not supported by this version")
        .contains("rules/a.yml:5:")
        .endsWith("3 problems.\n");
  }

  @Test
  void goodRulesAreCounted(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.yml"), "groups: [{name: g, rules: [{alert: A, expr: 'up == 0'}]}]\n");
    assertThat(run("check", "rules", file.toString())).isZero();
    assertThat(out()).isEqualTo("1 file checked: no problem found.\n");
  }

  @Test
  void aPublicAddressIsRefusedWithoutInsecure(@TempDir Path folder) {
    assertThat(run("agent", "--listen", "0.0.0.0:0", "--data", folder.toString())).isEqualTo(2);
    assertThat(err()).contains("no TLS and no authentication").contains("Nothing was started.");
  }
}
