package dev.tocsin.world.real.http;

import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;

/// One request on a connection of HTTP/2. The handler's thread, where nothing else is said.
final class H2Stream implements HttpRequest {
  private final H2Connection connection;
  private final int id;
  private final RequestHead head;
  private final H2Body body;
  private final int headBytes;
  private final long receivedNanos;

  /// Monotonic; the body must be there by then.
  private final long deadlineNanos;

  private volatile boolean gone;

  /// @param headBytes what its headers take
  H2Stream(
      H2Connection connection,
      int id,
      RequestHead head,
      H2Body body,
      int headBytes,
      long receivedNanos,
      long deadlineNanos) {
    this.connection = connection;
    this.id = id;
    this.head = head;
    this.body = body;
    this.headBytes = headBytes;
    this.receivedNanos = receivedNanos;
    this.deadlineNanos = deadlineNanos;
  }

  int id() {
    return id;
  }

  H2Body body() {
    return body;
  }

  int headBytes() {
    return headBytes;
  }

  @Override
  public String method() {
    return head.method();
  }

  @Override
  public String path() {
    return head.path();
  }

  @Override
  public String query() {
    return head.query();
  }

  @Override
  public String header(String name) {
    return head.fields().first(name);
  }

  @Override
  public String remote() {
    return connection.remote();
  }

  @Override
  public long receivedNanos() {
    return receivedNanos;
  }

  @Override
  public byte[] body(int bytesMax) throws IOException {
    if (head.framing() > bytesMax) {
      throw new BodyTooLargeException(bytesMax);
    }
    connection.allow(id, body.want(bytesMax));
    return body.await(connection.clock(), deadlineNanos);
  }

  @Override
  public boolean isAbandoned() {
    return gone;
  }

  /// Nobody waits for the answer any more. Connection's thread.
  void abandon(String why) {
    gone = true;
    body.abandon(why);
  }
}
