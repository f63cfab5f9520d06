package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.ProcessRun;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A start that is not possible says why, starts nothing, and ends with 2.
class RefusedStartTest {
  private static final String NOTHING = "Nothing was started.";

  @TempDir Path folder;

  @BeforeEach
  void needsTheLauncher() {
    Given.theLauncherIsBuilt();
  }

  private static void assertRefused(ProcessRun run) {
    int exit = run.awaitExit(Given.SOON);
    assertThat(exit).as(run.log()).isEqualTo(2);
    assertThat(String.join("\n", run.err())).contains(NOTHING).doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void everyMistakeOfTheConfigurationIsToldWithItsPlace() {
    String config =
        """
        global:
          evaluation_intervall: 1s
        rule_files: [rules.yml, missing.yml]
        host: {interval: soon}
        notify:
          route: {receiver: nobody, group_by: ['...']}
          receivers: [{name: people}]
        """;
    String rules =
        """
        groups:
          - name: bad
            rules:
              - alert: Broken
                expr: sum(up
              - alert: Fine
                expr: up == 0
                for: 5parsecs
        """;
    TocsinAgent.Setup setup = TocsinAgent.Setup.in(folder).config(config).file("rules.yml", rules);
    ProcessRun run = setup.launch();
    assertRefused(run);
    String said = String.join("\n", run.err());
    assertThat(said)
        .contains(setup.configFile() + ":2:3: ")
        .contains("evaluation_intervall")
        .contains("did you mean")
        .containsPattern(Pattern.quote(setup.configFile()) + ":3:\\d+: .*missing\\.yml")
        .containsPattern(Pattern.quote(setup.configFile()) + ":4:\\d+: .*soon")
        .containsPattern(Pattern.quote(setup.configFile()) + ":6:\\d+: .*nobody")
        .containsPattern("rules\\.yml:5:\\d+: ")
        .containsPattern("rules\\.yml:8:\\d+: .*5parsecs")
        .contains("6 problems. " + NOTHING);
    assertThat(setup.data()).doesNotExist();
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ProcessRun run = TocsinAgent.Setup.in(folder).port(taken.getLocalPort()).launch();
      assertRefused(run);
      assertThat(String.join("\n", run.err()))
          .contains("127.0.0.1:" + taken.getLocalPort())
          .contains("another program listens there");
    }
  }

  @Test
  void aTakenDataDirectoryIsNamedAndTheOtherAgentGoesOn() {
    try (TocsinAgent first = TocsinAgent.Setup.in(folder).start()) {
      TocsinAgent.Setup second = TocsinAgent.Setup.in(folder);
      ProcessRun run = second.launch();
      assertRefused(run);
      assertThat(String.join("\n", run.err())).contains(second.data().toString(), "in use");
      assertThat(first.status("/-/healthy")).isEqualTo(200);
    }
  }

  @Test
  void aDataDirectoryThatIsAFileIsNamed() {
    TocsinAgent.Setup setup = TocsinAgent.Setup.in(folder).file("data", "no folder");
    ProcessRun run = setup.launch();
    assertRefused(run);
    assertThat(String.join("\n", run.err())).contains(setup.data().toString());
  }

  @Test
  void aPublicAddressNeedsToBeCalledInsecure() {
    TocsinAgent.Setup setup = TocsinAgent.Setup.in(folder);
    String data = setup.data().toString();
    ProcessRun refused = setup.launch("--listen", "0.0.0.0:0", "--data", data);
    assertRefused(refused);
    assertThat(String.join("\n", refused.err())).contains("0.0.0.0", "--insecure");

    try (ProcessRun allowed = setup.launch("--listen", "0.0.0.0:0", "--data", data, "--insecure")) {
      assertThat(allowed.awaitLine(Pattern.compile("http://[^ ]+:\\d+/"), Given.SOON).find(0))
          .isTrue();
    }
  }

  @Test
  void anUnknownOptionIsNamed() {
    ProcessRun run = TocsinAgent.Setup.in(folder).with("--dta", "x").launch();
    assertThat(run.awaitExit(Given.SOON)).isEqualTo(2);
    assertThat(String.join("\n", run.err())).contains("--dta").contains("did you mean");
  }
}
