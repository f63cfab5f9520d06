package dev.tocsin.world.real.http;

import dev.tocsin.world.net.HttpReply;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One connection: its requests one after the other, on a virtual thread of its own. The listener's
/// sweep closes it when `deadlineNanos` has passed, which ends whatever it waits for.
final class ServerConnection implements Runnable {
  /// Bytes written at once: the JDK keeps a copy of that size outside the heap.
  private static final int PIECE_BYTES = 64 << 10;

  /// Bytes of an unread body that are thrown away to keep the connection.
  private static final int DISCARD_BYTES_MAX = 64 << 10;

  /// Bytes and time for which a peer that is told of an error may go on sending: closing while data
  /// comes in resets the connection, and the peer may never see the answer.
  private static final long LINGER_BYTES_MAX = 32L << 20;

  private static final long LINGER_NANOS = 2_000_000_000L;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Listener listener;
  private final SocketChannel channel;
  private final InputStream socketIn;
  private final OutputStream out;
  private final WireInput in;

  /// Monotonic nanoseconds after which the sweep closes this.
  private volatile long deadlineNanos;

  /// Monotonic nanoseconds since when it is without a whole request; `Long.MAX_VALUE` while it has
  /// one.
  private volatile long waitingSinceNanos;

  private volatile boolean served;

  /// What has taken over, or null as long as it is HTTP/1.1.
  private volatile @Nullable H2Connection http2;

  private long requestDeadlineNanos;

  ServerConnection(Listener listener, SocketChannel channel) throws IOException {
    this.listener = listener;
    this.channel = channel;
    this.socketIn = channel.socket().getInputStream();
    this.out = channel.socket().getOutputStream();
    this.in = new WireInput(socketIn, listener.headBytes);
    becomesIdle();
  }

  private long nowNanos() {
    return listener.clock.monotonicNanos();
  }

  private void becomesIdle() {
    long now = nowNanos();
    deadlineNanos = now + listener.idleNanos;
    waitingSinceNanos = now;
  }

  @Override
  public void run() {
    try (channel) {
      boolean open = true;
      while (open && !listener.isStopping()) {
        open = serveOne();
      }
    } catch (IOException _) {
      // The peer is gone, or the sweep closed it: nobody is left to tell.
    } finally {
      in.release();
      listener.ended(this);
    }
  }

  /// Returns whether another request may follow.
  private boolean serveOne() throws IOException {
    becomesIdle();
    if (in.isEmpty() && in.fill(listener.headBytesMax) < 0) {
      return false;
    }
    if (listener.http2 && !served && isHttp2()) {
      H2Connection other = new H2Connection(listener, in, out, remote(), this::abort);
      http2 = other;
      if (!other.run()) {
        http2 = null;
        linger();
      }
      return false;
    }
    long receivedNanos = listener.clock.wallNanos();
    requestDeadlineNanos = nowNanos() + listener.requestNanos;
    deadlineNanos = requestDeadlineNanos;
    IncomingRequest request;
    BodyReader body;
    RequestHead head;
    try {
      head = RequestHead.of(HeadReader.read(in, listener.headBytesMax));
      in.shrink();
      body = new BodyReader(in, head.framing());
      request = new IncomingRequest(this, head, body, listener.bodyBytes, receivedNanos);
    } catch (WireException e) {
      listener.counts.malformed.incrementAndGet();
      send(HttpReply.text(e.status(), e.reason() + "\n"), false, false);
      linger();
      return false;
    } catch (EOFException _) {
      return false;
    }
    waitingSinceNanos = Long.MAX_VALUE;
    listener.counts.requests.incrementAndGet();
    try {
      return answer(head, request, body);
    } finally {
      request.release();
    }
  }

  /// Whether the client begins as one of HTTP/2 does; waits until that is clear.
  private boolean isHttp2() throws IOException {
    deadlineNanos = nowNanos() + listener.requestNanos;
    while (true) {
      int count = Math.min(in.to() - in.from(), H2.PREFACE.length);
      int same = Arrays.mismatch(in.buffer(), in.from(), in.from() + count, H2.PREFACE, 0, count);
      if (same >= 0) {
        return false;
      }
      if (count == H2.PREFACE.length) {
        in.skip(count);
        return true;
      }
      if (in.fill(listener.headBytesMax) < 0) {
        return false;
      }
    }
  }

  private boolean answer(RequestHead head, IncomingRequest request, BodyReader body)
      throws IOException {
    deadlineNanos = Long.MAX_VALUE;
    HttpReply reply = listener.answer(request, request::isBroken);
    if (request.isBroken()) {
      listener.counts.broken.incrementAndGet();
    }
    boolean keep =
        head.keepAlive() && !listener.isStopping() && request.leavesLittle(DISCARD_BYTES_MAX);
    sendWithinBudget(reply, keep, head.method().equals("HEAD"));
    served = true;
    if (!keep) {
      if (!body.isFinished()) {
        linger();
      }
      return false;
    }
    deadlineNanos = requestDeadlineNanos;
    return body.discard(DISCARD_BYTES_MAX);
  }

  /// A large answer stays in memory for as long as its reader takes.
  private void sendWithinBudget(HttpReply reply, boolean keepAlive, boolean isHead)
      throws IOException {
    int bytes = reply.content().length;
    if (bytes <= PIECE_BYTES) {
      send(reply, keepAlive, isHead);
    } else if (listener.replyBytes.take(bytes)) {
      try {
        send(reply, keepAlive, isHead);
      } finally {
        listener.replyBytes.give(bytes);
      }
    } else {
      send(HttpReply.text(503, "too many answers are being sent\n"), keepAlive, isHead);
    }
  }

  private void send(HttpReply reply, boolean keepAlive, boolean isHead) throws IOException {
    String date = listener.date.at(Math.floorDiv(listener.clock.wallNanos(), 1_000_000_000L));
    byte[] head;
    byte[] content = reply.content();
    try {
      head = ReplyWriter.head(reply, keepAlive, date);
    } catch (IllegalArgumentException e) {
      HttpReply failure = listener.failure(e);
      head = ReplyWriter.head(failure, keepAlive, date);
      content = failure.content();
    }
    int length = isHead || !ReplyWriter.hasContent(reply.status()) ? 0 : content.length;
    if (head.length + length <= PIECE_BYTES) {
      byte[] whole = Arrays.copyOf(head, head.length + length);
      System.arraycopy(content, 0, whole, head.length, length);
      write(whole, 0, whole.length);
      return;
    }
    write(head, 0, head.length);
    for (int at = 0; at < length; at += PIECE_BYTES) {
      write(content, at, Math.min(PIECE_BYTES, length - at));
    }
  }

  private void write(byte[] bytes, int from, int count) throws IOException {
    deadlineNanos = nowNanos() + listener.idleNanos;
    out.write(bytes, from, count);
  }

  /// Closes our side, and waits a little for the peer's.
  private void linger() throws IOException {
    long now = nowNanos();
    deadlineNanos = now + LINGER_NANOS;
    waitingSinceNanos = now;
    channel.shutdownOutput();
    byte[] nowhere = new byte[8 << 10];
    long left = LINGER_BYTES_MAX;
    while (left > 0) {
      int got = socketIn.read(nowhere);
      if (got < 0) {
        return;
      }
      left -= got;
    }
  }

  /// Whether the peer has closed its side, looked at without waiting. What came meanwhile is kept:
  /// the next request. The connection's thread.
  boolean isClosedByPeer() {
    try {
      channel.configureBlocking(false);
      int got = in.take(channel);
      channel.configureBlocking(true);
      return got < 0;
    } catch (IOException _) {
      return true;
    }
  }

  /// The rest of the request must come in time.
  void bodyBegins() {
    deadlineNanos = requestDeadlineNanos;
  }

  void bodyEnds() {
    deadlineNanos = Long.MAX_VALUE;
  }

  void sendContinue() throws IOException {
    out.write(CONTINUE);
  }

  String remote() {
    try {
      SocketAddress address = channel.getRemoteAddress();
      if (address instanceof InetSocketAddress inet) {
        String host = inet.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + inet.getPort();
      }
      return String.valueOf(address);
    } catch (IOException _) {
      return "";
    }
  }

  boolean isLate(long nowNanos) {
    H2Connection other = http2;
    return other != null ? other.isLate(nowNanos) : nowNanos > deadlineNanos;
  }

  /// Since when it waits, in an order where those that never brought a request come first. The
  /// difference is an hour, which is longer than any wait. `Long.MAX_VALUE`: it has work.
  long displaceableSince() {
    H2Connection other = http2;
    long since = other != null ? other.idleSince() : waitingSinceNanos;
    boolean wasOfUse = other != null ? other.served() : served;
    return since == Long.MAX_VALUE || !wasOfUse ? since : since + 3_600_000_000_000L;
  }

  boolean isWaiting() {
    H2Connection other = http2;
    long since = other != null ? other.idleSince() : waitingSinceNanos;
    return since != Long.MAX_VALUE;
  }

  /// Any thread. Ends what the connection waits for.
  void abort() {
    try {
      channel.close();
    } catch (IOException _) {
      // Closed is closed.
    }
  }
}
