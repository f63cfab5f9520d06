package dev.tocsin.bench.peer;

import dev.tocsin.bench.process.FreePort;
import dev.tocsin.bench.process.ProcessRun;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A vmagent on a free port that forwards what it gets.
public final class VmagentPeer implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);

  private final Server server;

  private VmagentPeer(Server server) {
    this.server = server;
  }

  /// The flags beside paths and addresses, for reports.
  public static List<String> flags() {
    return List.of("-loggerLevel=WARN", "-http.connTimeout=1h", "-http.idleConnTimeout=1h");
  }

  /// Starts it in the folder and waits until it is ready.
  ///
  /// @param to where it forwards
  public static VmagentPeer start(Path folder, URI to) {
    int port = FreePort.find();
    List<String> command = new ArrayList<>();
    command.add(PeerProgram.VMAGENT.required());
    command.add("-remoteWrite.url=" + to);
    command.add("-remoteWrite.tmpDataPath=" + folder.resolve("vmagent-data"));
    command.add("-httpListenAddr=127.0.0.1:" + port);
    command.addAll(flags());
    ProcessRun run = ProcessRun.start(folder, Map.of(), command);
    Server server = new Server(Server.loopback(port), run);
    return new VmagentPeer(server.untilReady("/health", READY_LIMIT));
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
