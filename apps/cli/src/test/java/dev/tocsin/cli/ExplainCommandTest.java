package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.agent.AgentOptions;
import dev.tocsin.agent.AgentProgram;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.world.World;
import dev.tocsin.world.real.RealWorld;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
  private static final String RULES =
      """
      groups:
        - name: machine
          interval: 100ms
          rules:
            - {alert: HasMemory, expr: node_memory_MemTotal_bytes > 1, labels: {severity: page}}
            - {alert: HasNone, expr: node_memory_MemTotal_bytes < 1}
      """;

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
  void aRunningAgentExplainsItsAlerts(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("rules.yml"), RULES);
    Path config = Files.writeString(folder.resolve("tocsin.yml"), "rule_files: [rules.yml]\n");
    AgentOptions options =
        new AgentOptions(
            Optional.of(config.toString()),
            "127.0.0.1",
            0,
            folder.resolve("data"),
            "",
            false,
            false,
            Features.NONE);
    CountDownLatch fired = new CountDownLatch(1);
    try (World world = RealWorld.open()) {
      Problems problems = new Problems();
      AgentProgram program =
          AgentProgram.prepare(
                  options,
                  world,
                  problems,
                  line -> {
                    if (line.contains("HasMemory")) {
                      fired.countDown();
                    }
                  })
              .orElseThrow();
      program.start(() -> {});
      try {
        assertThat(fired.await(20, TimeUnit.SECONDS)).isTrue();
        explain("http://127.0.0.1:" + program.port() + "/");
      } finally {
        program.stop();
      }
    }
  }

  private void explain(String agent) {
    assertThat(run("explain", "HasMemory", "--agent", agent)).isZero();
    assertThat(out())
        .startsWith("HasMemory{")
        .contains(
            "firing", "rule      group machine in", "grid      every 100ms", "stream    fired")
        .contains("the condition is > 1", "node_memory_MemTotal_bytes{")
        .containsPattern("decided   [0-9TZ:.-]+ \\([-+][0-9.]+ ms\\)");
    assertThat(run("explain", "HasMemory", "--agent", agent, "--label=severity=page")).isZero();
    assertThat(run("explain", "HasNone", "--agent", agent)).isZero();
    assertThat(out()).startsWith("HasNone  inactive\n").contains("< 1  nothing");
    assertThat(run("explain", "HasMemory", "--agent", agent, "--label", "severity=ticket"))
        .isEqualTo(1);
    assertThat(err()).contains("no alert HasMemory has the labels {severity=\"ticket\"}");
    assertThat(run("explain", "HasMemry", "--agent", agent)).isEqualTo(1);
    assertThat(err()).contains("did you mean \"HasMemory\"?");
  }

  @Test
  void whereNoAgentAnswersTheAddressIsAskedFor() throws IOException {
    // A port that was just given back: nobody listens there.
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertThat(run("explain", "A", "--agent", "http://127.0.0.1:" + port)).isEqualTo(2);
    assertThat(err()).contains("no agent answers at http://127.0.0.1:" + port, "--agent");
  }

  @Test
  void argumentsThatMakeNoSenseAreRefused() {
    assertThat(run("explain")).isEqualTo(2);
    assertThat(err()).contains("name one alert");
    assertThat(run("explain", "A", "--label", "x")).isEqualTo(2);
    assertThat(err()).contains("--label \"x\" is not name=value");
    assertThat(run("explain", "A", "--agent", "127.0.0.1:9640")).isEqualTo(2);
    assertThat(err()).contains("does not begin with http://");
  }
}
