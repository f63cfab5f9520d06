package dev.tocsin.cli;

import dev.tocsin.agent.AgentOptions;
import dev.tocsin.agent.AgentProgram;
import dev.tocsin.agent.StartException;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.world.World;
import dev.tocsin.world.real.RealWorld;
import dev.tocsin.world.real.Termination;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `agent`
final class AgentCommand implements Command {
  @Override
  public String name() {
    return "agent";
  }

  @Override
  public String usage() {
    return "[--config FILE] [--listen ADDRESS] [--data DIR]";
  }

  @Override
  public String summary() {
    return "Watches, decides and tells until it is stopped. Without a file: this machine.";
  }

  @Override
  public List<String> options() {
    return List.of(
        "--config FILE      a prometheus.yml-shaped file; see README.md",
        "--listen ADDRESS   host:port of the page and the API; default 127.0.0.1:9640",
        "--data DIR         the journal's folder; default $XDG_STATE_HOME/tocsin,"
            + " or ~/.local/state/tocsin",
        "--external-url URL where users reach this agent, for links in notifications",
        FeatureOption.HELP,
        "--web.enable-lifecycle  answers POST /-/reload and /-/quit",
        "--insecure         allows a public address without TLS and authentication");
  }

  @Override
  public int run(List<String> arguments, Terminal terminal) {
    Arguments parsed =
        Arguments.parse(
            arguments,
            Set.of("config", "listen", "data", "external-url", FeatureOption.NAME),
            Set.of("insecure", "web.enable-lifecycle"));
    parsed.noRest();
    AgentOptions options = options(parsed, System.getenv());
    Problems problems = new Problems();
    try (World world = RealWorld.open()) {
      Optional<AgentProgram> program =
          AgentProgram.prepare(options, world, problems, terminal.out()::println);
      if (program.isEmpty()) {
        return refused(problems, terminal.err());
      }
      return run(program.get(), terminal);
    }
  }

  private static int run(AgentProgram program, Terminal terminal) {
    // Before the start: a signal that comes meanwhile must not end what has just begun.
    var _ = Termination.onHangUp(program::reload);
    try {
      program.start(Termination::request);
    } catch (StartException e) {
      terminal.err().println("tocsin agent: " + e.getMessage());
      terminal.err().println("Nothing was started.");
      return Exit.COULD_NOT_RUN;
    }
    Termination.await(program::stop);
    return Exit.FINE;
  }

  private static int refused(Problems problems, PrintStream err) {
    ProblemPrinter.list(problems, err);
    err.println(ProblemPrinter.counted(problems.count(), "problem") + ". Nothing was started.");
    return Exit.COULD_NOT_RUN;
  }

  static AgentOptions options(Arguments arguments, Map<String, String> environment) {
    String listen = arguments.value("listen", AgentOptions.LISTEN);
    int colon = listen.lastIndexOf(':');
    String host = colon < 0 ? "" : listen.substring(0, colon).replaceAll("^\\[|\\]$", "");
    int port = port(colon < 0 ? "" : listen.substring(colon + 1));
    if (port < 0) {
      throw new UsageException("--listen \"" + listen + "\" is not host:port");
    }
    String data = arguments.value("data", defaultData(environment));
    String config = arguments.value("config", "");
    return new AgentOptions(
        config.isEmpty() ? Optional.empty() : Optional.of(config),
        host.isEmpty() ? "0.0.0.0" : host,
        port,
        Path.of(data),
        arguments.value("external-url", ""),
        arguments.has("insecure"),
        arguments.has("web.enable-lifecycle"),
        FeatureOption.of(arguments));
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port >= 0 && port <= 65_535 ? port : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String defaultData(Map<String, String> environment) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    if (!state.isEmpty()) {
      return state + "/tocsin";
    }
    return environment.getOrDefault("HOME", ".") + "/.local/state/tocsin";
  }
}
