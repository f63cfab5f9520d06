package dev.tocsin.bench.peer;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.Probe;
import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.process.ProcessRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A Tocsin agent from this checkout, in a folder of its own, that may be killed and started again.
/// Not thread-safe.
public final class TocsinAgent implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);
  private static final Pattern ADDRESS = Pattern.compile("page: http://127\\.0\\.0\\.1:(\\d+)");

  private final Setup setup;
  private Server server;

  private TocsinAgent(Setup setup, Server server) {
    this.setup = setup;
    this.server = server;
  }

  /// How an agent is started; each method gives a changed copy.
  ///
  /// @param folder configuration and data are in it
  /// @param config the text of `tocsin.yml`; empty: no file
  /// @param port 0 for any
  /// @param direct whether java is started without the launcher
  public record Setup(
      Path folder,
      Optional<String> config,
      int port,
      List<String> arguments,
      Map<String, String> environment,
      boolean direct) {
    public Setup {
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
    }

    /// No configuration file, any port, through the launcher, which is told not to build.
    public static Setup in(Path folder) {
      return new Setup(
          folder, Optional.empty(), 0, List.of(), Map.of("TOCSIN_SKIP_BUILD", "1"), false);
    }

    public Setup config(String text) {
      return new Setup(folder, Optional.of(text), port, arguments, environment, direct);
    }

    /// Writes a file beside the configuration.
    public Setup file(String name, String text) {
      try {
        Files.writeString(folder.resolve(name), text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return this;
    }

    public Setup port(int newPort) {
      return new Setup(folder, config, newPort, arguments, environment, direct);
    }

    public Setup with(String... more) {
      List<String> all = new ArrayList<>(arguments);
      all.addAll(List.of(more));
      return new Setup(folder, config, port, all, environment, direct);
    }

    /// Options for the JVM after the shipped ones; only through the launcher.
    public Setup javaOptions(String options) {
      Map<String, String> all = new HashMap<>(environment);
      all.put("TOCSIN_JAVA_OPTIONS", options);
      return new Setup(folder, config, port, arguments, all, direct);
    }

    public Setup directly() {
      return new Setup(folder, config, port, arguments, environment, true);
    }

    public Path data() {
      return folder.resolve("data");
    }

    /// The configuration file's name, as it is on the command line.
    public String configFile() {
      return folder.resolve("tocsin.yml").toString();
    }

    /// Starts the program and does not wait.
    public ProcessRun launch() {
      return launch("--listen", "127.0.0.1:" + port, "--data", data().toString());
    }

    /// The same where the arguments are not the usual ones.
    public ProcessRun launch(String... listenAndData) {
      List<String> command = new ArrayList<>();
      if (direct) {
        command.addAll(ProjectTree.directCommand());
      } else {
        command.add(ProjectTree.launcher().toString());
      }
      command.add("agent");
      config.ifPresent(
          text -> {
            var _ = file("tocsin.yml", text);
            command.addAll(List.of("--config", configFile()));
          });
      command.addAll(List.of(listenAndData));
      command.addAll(arguments);
      Map<String, String> all = new HashMap<>(environment);
      all.put("MALLOC_ARENA_MAX", "1"); // as the launcher does
      return ProcessRun.start(folder, all, command);
    }

    /// Starts the agent and waits until `/-/healthy` answers 200. Readiness may depend on others.
    public TocsinAgent start() {
      return new TocsinAgent(this, open(this));
    }
  }

  private static Server open(Setup setup) {
    ProcessRun run = setup.launch();
    String port = run.awaitLine(ADDRESS, READY_LIMIT).group(1);
    Server server = new Server(Server.loopback(Integer.parseInt(port)), run);
    return server.untilReady("/-/healthy", READY_LIMIT);
  }

  /// Waits until `/-/ready` answers 200.
  public TocsinAgent untilReady() {
    server = server.untilReady("/-/ready", READY_LIMIT);
    return this;
  }

  /// Starts it again with the same data on the same port, after it has ended.
  public void startAgain() {
    server = open(setup.port(address().getPort()));
  }

  public Setup setup() {
    return setup;
  }

  public URI address() {
    return server.address();
  }

  public URI writeAddress() {
    return address().resolve("/api/v1/write");
  }

  public ProcessRun run() {
    return server.run();
  }

  public int status(String path) {
    return Probe.status(address(), path);
  }

  public HttpAnswer get(String path) {
    return Probe.get(address(), path);
  }

  /// The field `data` of an answer of the API. Throws [IllegalStateException] where it is none.
  public Json data(String path) {
    HttpAnswer answer = get(path);
    if (answer.status() != 200) {
      throw new IllegalStateException(path + " was answered " + answer);
    }
    return Json.parse(answer.text()).get("data");
  }

  /// The result of an instant query.
  public List<Json> query(String expression) {
    String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    return data("/api/v1/query?query=" + encoded).get("result").list();
  }

  /// The result of an instant query at a time, Unix seconds; empty where it is too large for one
  /// answer.
  public Optional<List<Json>> queryWithin(String expression, String time) {
    String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    String path = "/api/v1/query?query=" + encoded + "&time=" + time;
    HttpAnswer answer = get(path);
    if (answer.status() == 422 && answer.text().contains("the limit is")) {
      return Optional.empty();
    }
    if (answer.status() != 200) {
      throw new IllegalStateException(path + " was answered " + answer);
    }
    return Optional.of(Json.parse(answer.text()).get("data").get("result").list());
  }

  /// The sum of all samples of one name on `/metrics` that have the label pair, written as in the
  /// text format; an empty pair means all.
  public double metric(String name, String labelPair) {
    double sum = 0;
    boolean found = false;
    for (String line : get("/metrics").text().lines().toList()) {
      String rest = line.startsWith(name) ? line.substring(name.length()) : "";
      if ((rest.startsWith(" ") || rest.startsWith("{")) && rest.contains(labelPair)) {
        sum += Double.parseDouble(rest.substring(rest.lastIndexOf(' ') + 1));
        found = true;
      }
    }
    if (!found) {
      throw new IllegalStateException("/metrics has no " + name + " with " + labelPair);
    }
    return sum;
  }

  /// As a power cut would end it.
  public void kill() {
    run().kill();
  }

  @Override
  public void close() {
    server.close();
  }
}
