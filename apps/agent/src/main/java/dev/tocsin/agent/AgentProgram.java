package dev.tocsin.agent;

import dev.tocsin.agent.config.ConfigLoader.Loaded;
import dev.tocsin.agent.config.ListenAddress;
import dev.tocsin.agent.config.ReceiveConfig;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.pipeline.journal.JournalConfig;
import dev.tocsin.world.World;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The agent from its configuration to its end. One thread calls these methods, but for [#reload].
public final class AgentProgram {
  private final AgentOptions options;
  private final Loaded loaded;
  private final World world;
  private final Consumer<String> print;
  private UnaryOperator<JournalConfig> journal = UnaryOperator.identity();
  private volatile @Nullable Agent agent;

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
    Loaded loaded = new ConfigSource(options, world.disk()).read(List.of(), problems);
    return problems.isEmpty()
        ? Optional.of(new AgentProgram(options, loaded, world, print))
        : Optional.empty();
  }

  /// Changes the bounds of the journal before the start, for simulations: where they are small, all
  /// that can happen happens often.
  public AgentProgram withJournal(UnaryOperator<JournalConfig> change) {
    journal = change;
    return this;
  }

  /// Starts. Throws [StartException] where that is impossible; nothing runs then.
  ///
  /// @param quit asks for the end of the process, for `/-/quit`; returns at once
  public void start(Runnable quit) {
    if (!options.insecure()) {
      refuseUnlessLoopback(options.host());
      ReceiveConfig receive = loaded.config().receive();
      receive.otlpGrpc().ifPresent(address -> refuseUnlessLoopback(address.host()));
      receive.otlpHttp().ifPresent(address -> refuseUnlessLoopback(address.host()));
    }
    agent = AgentAssembly.start(options, loaded, world, journal, print, quit);
  }

  private static void refuseUnlessLoopback(String host) {
    if (!ListenAddress.isLoopback(host)) {
      throw new StartException(
          host
              + " can be reached from other machines, and there is no TLS and no authentication."
              + " Listen on 127.0.0.1, or say --insecure.");
    }
  }

  /// The port of the page; 0 before the start.
  public int port() {
    Agent running = agent;
    return running == null ? 0 : running.port();
  }

  /// Reads configuration and rules again, and says what came of it. Any thread; does not wait.
  public void reload() {
    Agent running = agent;
    if (running != null) {
      world.scheduler().spawn("reload", () -> running.reloads().reload());
    }
  }

  /// Stops within two seconds, and says what was left behind.
  public void stop() {
    Agent running = agent;
    if (running != null) {
      running.stop();
    }
  }
}
