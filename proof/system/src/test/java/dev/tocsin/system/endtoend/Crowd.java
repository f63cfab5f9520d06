package dev.tocsin.system.endtoend;

import dev.tocsin.bench.http.HttpConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Many connections at once that do not behave.
final class Crowd implements AutoCloseable {
  private final List<HttpConnection> connections = new ArrayList<>();

  private Crowd() {}

  static Crowd connect(URI address, int count) throws IOException {
    Crowd crowd = new Crowd();
    try {
      for (int i = 0; i < count; i++) {
        crowd.connections.add(HttpConnection.open(address));
      }
      return crowd;
    } catch (IOException e) {
      crowd.close();
      throw e;
    }
  }

  /// Sends the same on every connection; those that the server has closed meanwhile are passed
  /// over.
  ///
  /// @return how many took it
  int sendAll(String text) {
    int taken = 0;
    for (HttpConnection connection : connections) {
      try {
        connection.sendRaw(text.getBytes(StandardCharsets.ISO_8859_1));
        taken++;
      } catch (IOException e) {
        // Closed by the server, as is its right.
      }
    }
    return taken;
  }

  @Override
  public void close() {
    connections.forEach(HttpConnection::close);
  }
}
