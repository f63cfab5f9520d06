package dev.tocsin.bench.peer;

import dev.tocsin.bench.process.FreePort;
import dev.tocsin.bench.process.ProcessRun;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A node_exporter on a free port, with its default collectors.
public final class NodeExporterPeer implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofSeconds(30);

  private final Server server;

  private NodeExporterPeer(Server server) {
    this.server = server;
  }

  public static NodeExporterPeer start(Path folder) {
    int port = FreePort.find();
    List<String> command =
        List.of(
            PeerProgram.NODE_EXPORTER.required(),
            "--web.listen-address=127.0.0.1:" + port,
            "--log.level=warn");
    ProcessRun run = ProcessRun.start(folder, Map.of(), command);
    return new NodeExporterPeer(
        new Server(Server.loopback(port), run).untilReady("/", READY_LIMIT));
  }

  public URI address() {
    return server.address();
  }

  public ProcessRun run() {
    return server.run();
  }

  @Override
  public void close() {
    server.close();
  }
}
