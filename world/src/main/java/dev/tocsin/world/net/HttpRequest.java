package dev.tocsin.world.net;

import java.io.IOException;

/// A request that came in: head read, body still on the wire.
public interface HttpRequest {
  String method();

  /// The decoded path, as `/api/v1/query`.
  String path();

  /// What follows `?`, still encoded; empty where there is none.
  String query();

  /// The first header of that name (case does not matter), or the empty string.
  String header(String name);

  /// Where it came from, as `127.0.0.1:40522`.
  String remote();

  /// Wall time in Unix nanoseconds when the request was first seen.
  long receivedNanos();

  /// Reads the whole body. Fails with [BodyTooLargeException] beyond `bytesMax`, before anything is
  /// read where the request says its length. Fails with an IOException where the body does not come
  /// whole or in time, or where all connections together hold too much already; the handler lets
  /// that through. Once only.
  byte[] body(int bytesMax) throws IOException;

  /// The same into bytes that are used again. Instead of [#body], once only.
  default void body(BodyBuffer into, int bytesMax) throws IOException {
    into.set(body(bytesMax));
  }

  /// Whether the client has closed the connection, so that nobody waits for the answer. Looks
  /// without waiting; costs a few system calls. Handler's thread, once the body is read.
  default boolean isAbandoned() {
    return false;
  }

  /// The body is larger than allowed; answered 413.
  final class BodyTooLargeException extends IOException {
    public BodyTooLargeException(int bytesMax) {
      super("the request body is larger than " + bytesMax + " bytes");
    }
  }
}
