package dev.tocsin.bench.peer;

import dev.tocsin.bench.http.Probe;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.process.ProcessRun;
import java.net.URI;
import java.time.Duration;

/// A program that answers over HTTP: where, and how it is running.
///
/// @param address `http://127.0.0.1:port`
public record Server(URI address, ProcessRun run) implements AutoCloseable {
  static URI loopback(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// Waits until the path answers 200. Throws [IllegalStateException] with the program's log where
  /// it ends first or takes too long.
  Server untilReady(String path, Duration limit) {
    Await.until(
        run.pid() + " answers 200 at " + address + path,
        limit,
        () -> {
          run.mustRun();
          return Probe.status(address, path) == 200;
        });
    return this;
  }

  @Override
  public void close() {
    run.close();
  }
}
