package dev.tocsin.bench.peer;

import dev.tocsin.bench.process.FreePort;
import dev.tocsin.bench.process.ProcessRun;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A single-node VictoriaMetrics on a free port.
public final class VictoriaDatabase implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);

  private final Server server;

  private VictoriaDatabase(Server server) {
    this.server = server;
  }

  /// The flags beside paths and addresses, for reports: samples can be seen as soon as they can be.
  public static List<String> flags() {
    return List.of(
        "-search.latencyOffset=0s",
        "-search.disableCache",
        "-loggerLevel=WARN",
        // Else it closes our connections after two minutes, and idle ones after one.
        "-http.connTimeout=1h",
        "-http.idleConnTimeout=1h");
  }

  /// Starts it in the folder and waits until it is ready.
  public static VictoriaDatabase start(Path folder) {
    int port = FreePort.find();
    List<String> command = new ArrayList<>();
    command.add(PeerProgram.VICTORIA_METRICS.required());
    command.add("-storageDataPath=" + folder.resolve("victoria-data"));
    command.add("-httpListenAddr=127.0.0.1:" + port);
    command.addAll(flags());
    ProcessRun run = ProcessRun.start(folder, Map.of(), command);
    Server server = new Server(Server.loopback(port), run);
    return new VictoriaDatabase(server.untilReady("/health", READY_LIMIT));
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
