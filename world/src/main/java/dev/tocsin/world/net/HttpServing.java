package dev.tocsin.world.net;

import java.io.IOException;

/// Serves HTTP/1.1.
public interface HttpServing {
  /// Listens until closed. Fails where the address is taken, with a message that says so.
  Listening listen(ListenConfig config, HttpHandler handler) throws IOException;

  /// @param host the address to listen on, as `127.0.0.1`
  /// @param port 0 for any free port
  /// @param connectionsMax open connections; one more is closed at once
  /// @param headerBytesMax bytes of a request's headers; more are answered 431
  /// @param idleSeconds an idle connection is closed after this time
  /// @param requestSeconds a request must have come whole within this time, or its connection is
  ///   closed
  record ListenConfig(
      String host,
      int port,
      int connectionsMax,
      int headerBytesMax,
      int idleSeconds,
      int requestSeconds) {
    public static ListenConfig of(String host, int port) {
      return new ListenConfig(host, port, 1024, 32 << 10, 60, 30);
    }
  }

  /// An open listener.
  interface Listening extends AutoCloseable {
    int port();

    /// Takes no more connections, lets running requests end for at most a second, closes the rest.
    @Override
    void close();
  }
}
