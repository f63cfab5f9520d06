package dev.tocsin.system.endtoend;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A program that Prometheus scrapes: one gauge that the test sets.
final class GaugeTarget implements AutoCloseable {
  private final HttpServer server;
  private volatile double value;

  GaugeTarget(double value) {
    this.value = value;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/metrics",
        exchange -> {
          String text =
              String.format(
                  Locale.ROOT,
                  "# TYPE room_celsius gauge\nroom_celsius{room=\"attic\"} %s\n",
                  this.value);
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  void set(double newValue) {
    value = newValue;
  }

  /// `host:port`
  String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
