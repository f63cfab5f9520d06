package dev.tocsin.bench.footprint;

import dev.tocsin.bench.http.HttpConnection;
import dev.tocsin.bench.process.ProcessFigures;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// One way of watching this machine every second.
public interface FootprintSubject {
  String name();

  /// One line on each program: version and flags.
  java.util.List<String> description();

  /// From the start of the first process to the first 200 of the last; all are ended again.
  long startNanos();

  /// Starts it, leaves it alone, then asks it.
  ///
  /// @param requests of `/metrics` and of the page, each
  Measured run(Duration idle, int requests) throws IOException;

  /// The same for every side.
  ///
  /// @param figures of all its processes together
  static Measured measure(
      Duration idle, int requests, Supplier<ProcessFigures> figures, URI metrics, URI page)
      throws IOException {
    ProcessFigures before = figures.get();
    long until = System.nanoTime() + idle.toNanos();
    for (long left = idle.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    ProcessFigures after = figures.get();
    ask(metrics, requests);
    ask(page, requests);
    return new Measured(after, after.cpu().minus(before.cpu()), figures.get());
  }

  private static void ask(URI address, int requests) throws IOException {
    try (HttpConnection connection = HttpConnection.open(address)) {
      for (int i = 0; i < requests; i++) {
        int status = connection.send("GET", address.getRawPath(), Map.of(), new byte[0]).status();
        if (status != 200) {
          throw new IOException(address + " was answered " + status);
        }
      }
    }
  }
}
