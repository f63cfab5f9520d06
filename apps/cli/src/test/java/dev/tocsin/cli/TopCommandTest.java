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
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopCommandTest {
  private final CommandLine commands = new CommandLine();

  @Test
  void aRunningAgentIsShown(@TempDir Path folder) throws Exception {
    AgentOptions options =
        new AgentOptions(
            Optional.empty(),
            "127.0.0.1",
            0,
            folder.resolve("data"),
            "",
            false,
            false,
            Features.NONE);
    try (World world = RealWorld.open()) {
      AgentProgram program =
          AgentProgram.prepare(options, world, new Problems(), _ -> {}).orElseThrow();
      program.start(() -> {});
      try {
        String agent = "http://127.0.0.1:" + program.port();
        assertThat(commands.run("top", agent + "/", "--once")).as(commands.err()).isZero();
        assertThat(commands.out())
            .startsWith("tocsin top   " + agent + "   over the last")
            .contains("slow  ", "received", "engine", "inputs/s", "journal", "forces/s", "firing")
            .doesNotContain("\u001b");
      } finally {
        program.stop();
      }
    }
  }

  @Test
  void whereNoAgentIsItSaysSo() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertThat(commands.run("top", "http://127.0.0.1:" + port, "--once")).isEqualTo(2);
    assertThat(commands.err()).startsWith("tocsin top: no agent answers at").contains("Name its");
    assertThat(commands.out()).isEmpty();
  }

  @Test
  void argumentsThatMakeNoSenseAreRefused() {
    assertThat(commands.run("top", "localhost:1")).isEqualTo(2);
    assertThat(commands.err()).contains("does not begin with http://");
    assertThat(commands.run("top", "http://a", "http://b")).isEqualTo(2);
  }
}
