package dev.tocsin.bench.peer;

import dev.tocsin.bench.process.FreePort;
import dev.tocsin.bench.process.ProcessRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A Prometheus on a free port, with its remote-write receiver on.
public final class PrometheusPeer implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);

  private final Server server;

  private PrometheusPeer(Server server) {
    this.server = server;
  }

  /// The flags beside paths and addresses, for reports.
  public static List<String> flags() {
    return List.of("--web.enable-remote-write-receiver", "--log.level=warn");
  }

  /// Flags that switch on what version 3 has as experimental parts of the language.
  public static final List<String> EXPERIMENTAL =
      List.of("--enable-feature=promql-experimental-functions,native-histograms");

  /// Starts it in the folder and waits until it is ready.
  ///
  /// @param config the text of `prometheus.yml`; files it names are looked for in the folder
  public static PrometheusPeer start(Path folder, String config) {
    return start(folder, config, FreePort.find());
  }

  /// The same on a given port.
  public static PrometheusPeer start(Path folder, String config, int port) {
    return start(PeerProgram.PROMETHEUS.required(), folder, config, port, List.of());
  }

  /// Another program than the installed one, on a free port.
  ///
  /// @param program its path
  /// @param more flags beside [#flags]
  public static PrometheusPeer start(
      String program, Path folder, String config, List<String> more) {
    return start(program, folder, config, FreePort.find(), more);
  }

  /// The same on a given port.
  public static PrometheusPeer start(
      String program, Path folder, String config, int port, List<String> more) {
    Path file = folder.resolve("prometheus.yml");
    try {
      Files.writeString(file, config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> command = new java.util.ArrayList<>();
    command.add(program);
    command.add("--config.file=" + file);
    command.add("--storage.tsdb.path=" + folder.resolve("prometheus-data"));
    command.add("--web.listen-address=127.0.0.1:" + port);
    command.addAll(flags());
    command.addAll(more);
    ProcessRun run = ProcessRun.start(folder, Map.of(), command);
    return new PrometheusPeer(
        new Server(Server.loopback(port), run).untilReady("/-/ready", READY_LIMIT));
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

  @Override
  public void close() {
    server.close();
  }
}
