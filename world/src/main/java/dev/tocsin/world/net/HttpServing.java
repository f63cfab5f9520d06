package dev.tocsin.world.net;

import java.io.IOException;

/// Serves HTTP/1.1, and HTTP/2 where it is asked for.
public interface HttpServing {
  /// Listens until closed. Fails where the address is taken, with a message that says so.
  Listening listen(ListenConfig config, HttpHandler handler) throws IOException;

  /// @param host the address to listen on, as `127.0.0.1`
  /// @param port 0 for any free port
  /// @param connectionsMax open connections; one more takes the place of the one that has been
  ///   without a whole request for the longest time, and is closed at once where there is none
  /// @param headerBytesMax bytes of a request's headers; more are answered 431
  /// @param idleSeconds an idle connection is closed after this time
  /// @param requestSeconds a request must have come whole within this time, or its connection is
  ///   closed
  /// @param http2 whether a client may speak HTTP/2, which it says with its first bytes (RFC 9113
  ///   3.3, "prior knowledge"); its requests go to the same handler, several at once
  record ListenConfig(
      String host,
      int port,
      int connectionsMax,
      int headerBytesMax,
      int idleSeconds,
      int requestSeconds,
      boolean http2) {
    public static ListenConfig of(String host, int port) {
      return new ListenConfig(host, port, 1024, 32 << 10, 60, 30, false);
    }

    /// With HTTP/2; its connections hold more memory, so there are fewer, and their heads smaller.
    public ListenConfig withHttp2() {
      return new ListenConfig(host, port, 128, 16 << 10, idleSeconds, requestSeconds, true);
    }
  }

  /// An open listener.
  interface Listening extends AutoCloseable {
    int port();

    ServingStats stats();

    /// Takes no more connections, lets running requests end for at most a second, closes the rest.
    @Override
    void close();
  }

  /// Counts since the listener was opened.
  ///
  /// @param open connections open now
  /// @param accepted connections
  /// @param surplus connections closed at once since too many were open
  /// @param displaced connections closed to make room for a new one
  /// @param timedOut connections closed since a request did not come in time, or an answer was not
  ///   taken in time
  /// @param requests requests with a whole head
  /// @param malformed requests answered with an error since they were not HTTP as we take it
  /// @param broken requests whose body ended early
  /// @param failures requests whose handler threw; answered 500
  /// @param lastFailure what the last of those threw, or the empty string
  record ServingStats(
      int open,
      long accepted,
      long surplus,
      long displaced,
      long timedOut,
      long requests,
      long malformed,
      long broken,
      long failures,
      String lastFailure) {}
}
