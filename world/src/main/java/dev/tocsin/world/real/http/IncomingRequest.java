package dev.tocsin.world.real.http;

import dev.tocsin.world.net.BodyBuffer;
import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;
import java.util.Arrays;

/// A request on its connection. One thread.
final class IncomingRequest implements HttpRequest {
  /// Bytes first made room for; more only as they come, so that a length that is only claimed costs
  /// nothing.
  private static final int FIRST_BYTES = 16 << 10;

  private final ServerConnection connection;
  private final RequestHead head;
  private final BodyReader body;
  private final ByteBudget budget;
  private final long receivedNanos;
  private long borrowed;
  private boolean continued;
  private boolean broken;

  IncomingRequest(
      ServerConnection connection,
      RequestHead head,
      BodyReader body,
      ByteBudget budget,
      long receivedNanos) {
    this.connection = connection;
    this.head = head;
    this.body = body;
    this.budget = budget;
    this.receivedNanos = receivedNanos;
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
    BodyBuffer whole = new BodyBuffer();
    body(whole, bytesMax);
    byte[] bytes = whole.bytes();
    return whole.length() == bytes.length ? bytes : Arrays.copyOf(bytes, whole.length());
  }

  @Override
  public void body(BodyBuffer into, int bytesMax) throws IOException {
    into.length(0);
    if (body.isLengthKnown() && body.left() > bytesMax) {
      throw new BodyTooLargeException(bytesMax);
    }
    if (body.isFinished()) {
      return;
    }
    connection.bodyBegins();
    try {
      if (head.expectsContinue() && !continued) {
        continued = true;
        connection.sendContinue();
      }
      readAll(into, bytesMax);
    } catch (BodyTooLargeException | WireException e) {
      throw e;
    } catch (IOException e) {
      broken = true;
      throw e;
    } finally {
      connection.bodyEnds();
    }
  }

  /// What has not been read of the body hides the end of the stream: the client counts as there.
  @Override
  public boolean isAbandoned() {
    return body.isFinished() && connection.isClosedByPeer();
  }

  private void readAll(BodyBuffer into, int bytesMax) throws IOException {
    // One byte more than allowed, to see that a chunked body is too large.
    long sizeMax = body.isLengthKnown() ? body.left() : bytesMax + 1L;
    makeRoom(into, Math.min(sizeMax, Math.max(FIRST_BYTES, into.bytes().length)));
    int filled = 0;
    while (true) {
      int got = body.read(into.bytes(), filled, into.bytes().length - filled);
      if (got < 0) {
        break;
      }
      filled += got;
      if (filled > bytesMax) {
        throw new BodyTooLargeException(bytesMax);
      }
      if (body.isFinished()) {
        break;
      }
      if (filled == into.bytes().length) {
        makeRoom(into, Math.min(sizeMax, filled * 2L));
      }
    }
    into.length(filled);
  }

  private void makeRoom(BodyBuffer into, long size) throws IOException {
    if (!budget.take(size - borrowed)) {
      throw new WireException(503, "too many bodies are coming in");
    }
    borrowed = size;
    into.ensure((int) size);
  }

  /// The handler is done with the body.
  void release() {
    budget.give(borrowed);
    borrowed = 0;
  }

  boolean isBroken() {
    return broken;
  }

  /// Whether the next bytes of the connection will be the next request, once at most `bytesMax` of
  /// this one's body are thrown away.
  boolean leavesLittle(int bytesMax) {
    if (body.isFinished()) {
      return true;
    }
    boolean comes = !head.expectsContinue() || continued;
    return !broken && comes && body.isLengthKnown() && body.left() <= bytesMax;
  }
}
