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

/// A single Alertmanager on a free port.
public final class AlertmanagerPeer implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);

  private final Server server;

  private AlertmanagerPeer(Server server) {
    this.server = server;
  }

  /// A configuration that tells every alert alone and at once.
  public static String oneByOne(URI webhook, boolean sendResolved) {
    return """
    route:
      receiver: bench
      group_by: ['...']
      group_wait: 0s
      group_interval: 5m
      repeat_interval: 12h
    receivers:
      - name: bench
        webhook_configs:
          - url: %s
            send_resolved: %s
    """
        .formatted(webhook, sendResolved);
  }

  /// Starts it in the folder and waits until it is ready.
  ///
  /// @param config the text of `alertmanager.yml`
  public static AlertmanagerPeer start(Path folder, String config) {
    Path file = folder.resolve("alertmanager.yml");
    try {
      Files.writeString(file, config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int port = FreePort.find();
    List<String> command =
        List.of(
            PeerProgram.ALERTMANAGER.required(),
            "--config.file=" + file,
            "--storage.path=" + folder.resolve("alertmanager-data"),
            "--web.listen-address=127.0.0.1:" + port,
            "--cluster.listen-address=",
            "--log.level=warn");
    ProcessRun run = ProcessRun.start(folder, Map.of(), command);
    return new AlertmanagerPeer(
        new Server(Server.loopback(port), run).untilReady("/-/ready", READY_LIMIT));
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
