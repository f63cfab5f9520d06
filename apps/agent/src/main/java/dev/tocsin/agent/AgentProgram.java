package dev.tocsin.agent;

import dev.tocsin.agent.config.AgentConfig;
import dev.tocsin.agent.config.ConfigLoader;
import dev.tocsin.agent.config.ConfigLoader.Loaded;
import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.rules.file.RuleFileReader;
import dev.tocsin.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The agent from its configuration to its end. One thread calls these methods.
public final class AgentProgram {
  private static final String HOST_RULES = "host.yml";

  private final AgentOptions options;
  private final Loaded loaded;
  private final World world;
  private final Consumer<String> print;
  private @Nullable Agent agent;

  private AgentProgram(AgentOptions options, Loaded loaded, World world, Consumer<String> print) {
    this.options = options;
    this.loaded = loaded;
    this.world = world;
    this.print = print;
  }

  /// Reads and checks everything, and starts nothing. Empty where there are problems.
  ///
  /// @param print takes what people should read, a line at a time; any thread
  public static Optional<AgentProgram> prepare(
      AgentOptions options, World world, Problems problems, Consumer<String> print) {
    Loaded loaded =
        options
            .config()
            .map(file -> new ConfigLoader(world.disk(), options.features()).load(file, problems))
            .orElse(new Loaded(AgentConfig.DEFAULT, List.of(), options.features()));
    if (loaded.config().ruleFiles().isEmpty()) {
      loaded = new Loaded(loaded.config(), List.of(hostRules(problems)), options.features());
    }
    return problems.isEmpty()
        ? Optional.of(new AgentProgram(options, loaded, world, print))
        : Optional.empty();
  }

  /// The bundled rules, also checked: they are as good as anybody's.
  private static RuleText hostRules(Problems problems) {
    try (InputStream in =
        AgentProgram.class.getResourceAsStream("/dev/tocsin/agent/rules/" + HOST_RULES)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its host rules");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      RuleFileReader.read(HOST_RULES, text, problems);
      return new RuleText("bundled " + HOST_RULES, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts. Throws [StartException] where that is impossible; nothing runs then.
  public void start() {
    if (!options.isLoopback() && !options.insecure()) {
      throw new StartException(
          options.host()
              + " can be reached from other machines, and there is no TLS and no authentication."
              + " Listen on 127.0.0.1, or say --insecure.");
    }
    agent = AgentAssembly.start(options, loaded, world, print);
  }

  /// The port of the page; 0 before the start.
  public int port() {
    return agent == null ? 0 : agent.port();
  }

  /// Stops within two seconds, and says what was left behind.
  public void stop() {
    if (agent != null) {
      agent.stop();
    }
  }
}
