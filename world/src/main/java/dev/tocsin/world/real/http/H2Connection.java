package dev.tocsin.world.real.http;

import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.real.http.hpack.HpackDecoder;
import dev.tocsin.world.real.http.hpack.HpackException;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One connection in HTTP/2 (RFC 9113), whose client has said so with its first bytes. This thread
/// reads frames; each request has a virtual thread for its handler. There is no push, no priority,
/// and no table for what we send; the limits are in [H2] and [H2Guard].
final class H2Connection {
  private final Listener listener;
  private final String remote;
  private final Runnable abort;
  private final H2Frames frames;
  private final H2Writer writer;
  private final H2Windows windows;
  private final H2Replies replies;
  private final H2Guard guard;
  private final HpackDecoder headers = new HpackDecoder();
  private final Map<Integer, H2Stream> streams = new ConcurrentHashMap<>();

  /// Requests whose handlers run, those that were taken back too. Under the lock of this.
  private int running;

  private int lastStream;

  /// Bytes of bodies the peer may still send, on all streams together.
  private int window = H2.CONNECTION_WINDOW;

  private volatile boolean served;

  /// Monotonic nanoseconds since when no handler runs.
  private volatile long idleSinceNanos;

  /// @param in behind the first bytes
  /// @param abort closes the socket; any thread
  H2Connection(Listener listener, WireInput in, OutputStream out, String remote, Runnable abort) {
    this.listener = listener;
    this.remote = remote;
    this.abort = abort;
    frames = new H2Frames(in, listener.clock, listener.requestNanos);
    writer = new H2Writer(out, listener.clock);
    windows = new H2Windows(listener.clock);
    replies = new H2Replies(listener, writer, windows);
    guard = new H2Guard(listener.clock);
    idleSinceNanos = listener.clock.monotonicNanos();
  }

  /// Serves until the peer ends the connection: true; or until what it sends does: false.
  boolean run() throws IOException {
    try {
      writer.begin(listener.headBytesMax);
      boolean first = true;
      while (frames.next()) {
        if (first && frames.type() != H2.SETTINGS) {
          throw new H2Exception(H2.PROTOCOL_ERROR, "the first frame is not SETTINGS");
        }
        first = false;
        guard.spend(1);
        frame();
      }
      return true;
    } catch (H2Exception e) {
      return end(e.code(), String.valueOf(e.getMessage()));
    } catch (HpackException e) {
      return end(H2.COMPRESSION_ERROR, String.valueOf(e.getMessage()));
    } finally {
      windows.closeAll();
      streams.values().forEach(stream -> stream.abandon("the connection has ended"));
    }
  }

  private boolean end(int code, String reason) throws IOException {
    listener.counts.malformed.incrementAndGet();
    writer.goAway(lastStream, code, reason);
    return false;
  }

  private void frame() throws IOException {
    switch (frames.type()) {
      case H2.DATA -> data();
      case H2.HEADERS -> headers();
      case H2.PRIORITY -> priority();
      case H2.RST_STREAM -> reset();
      case H2.SETTINGS -> settings();
      case H2.PING -> ping();
      case H2.GOAWAY -> frames.skip();
      case H2.WINDOW_UPDATE -> windowUpdate();
      case H2.PUSH_PROMISE, H2.CONTINUATION ->
          throw new H2Exception(H2.PROTOCOL_ERROR, "a frame that may not be here");
      default -> frames.skip();
    }
  }

  private void data() throws IOException {
    int framed = frames.length();
    boolean isLast = frames.has(H2.END_STREAM);
    mustBeOpened();
    window -= framed;
    if (window < 0) {
      throw new H2Exception(H2.FLOW_CONTROL_ERROR, "more of all bodies than was allowed");
    }
    frames.padding();
    int count = frames.length();
    guard.earnBytes(count);
    H2Stream stream = streams.get(frames.stream());
    if (stream != null) {
      H2Body body = stream.body();
      if (body.isWhole()) {
        throw new H2Exception(H2.PROTOCOL_ERROR, "more of a body behind its end");
      }
      byte @Nullable [] place = body.expect(count, framed);
      if (place != null) {
        frames.take(place, body.filled(), count);
        allow(stream.id(), body.came(count, isLast));
      } else {
        body.cameInVain(isLast);
      }
    }
    frames.skipPadding();
    if (window < H2.CONNECTION_WINDOW / 2) {
      // What is kept of it is bounded by the streams' windows and the budget of all bodies.
      writer.window(0, H2.CONNECTION_WINDOW - window);
      window = H2.CONNECTION_WINDOW;
    }
  }

  private void mustBeOpened() throws H2Exception {
    if (frames.stream() == 0 || frames.stream() > lastStream) {
      throw new H2Exception(H2.PROTOCOL_ERROR, "a frame of a stream that was not opened");
    }
  }

  private void headers() throws IOException {
    int id = frames.stream();
    if (id % 2 == 0) {
      throw new H2Exception(H2.PROTOCOL_ERROR, "a client's streams have odd numbers");
    }
    boolean isLast = frames.has(H2.END_STREAM);
    H2Head head = block(id);
    if (id > lastStream) {
      lastStream = id;
      open(id, head, isLast);
      return;
    }
    // Headers behind a body. Where it was answered already, they may still be on their way.
    H2Stream stream = streams.get(id);
    if (stream != null && (!isLast || stream.body().isWhole())) {
      throw new H2Exception(H2.PROTOCOL_ERROR, "headers of a stream twice");
    }
    if (stream != null) {
      int _ = stream.body().came(0, true);
    } else {
      guard.spend(H2Guard.TAKEN_BACK);
    }
  }

  /// Reads a block of headers, which may go on in further frames.
  private H2Head block(int id) throws IOException {
    frames.padding();
    if (frames.has(H2.WITH_PRIORITY)) {
      var _ = frames.read(5);
    }
    H2Head head = new H2Head(listener.headBytesMax);
    int borrowed = 0;
    try {
      byte[] block = {};
      for (int i = 0; ; i++) {
        int count = frames.length();
        int before = block.length;
        boolean isTooMuch = before + count > listener.headBytesMax || i > H2.CONTINUATIONS_MAX;
        if (isTooMuch || !listener.headBytes.take(count)) {
          throw new H2Exception(H2.ENHANCE_YOUR_CALM, "too many headers");
        }
        borrowed += count;
        block = Arrays.copyOf(block, before + count);
        frames.take(block, before, count);
        boolean isWhole = frames.has(H2.END_HEADERS);
        frames.skipPadding();
        if (isWhole) {
          break;
        }
        frames.nextOfBlock();
        if (frames.type() != H2.CONTINUATION || frames.stream() != id) {
          throw new H2Exception(H2.PROTOCOL_ERROR, "another frame within a block of headers");
        }
      }
      headers.read(block, 0, block.length, head);
    } finally {
      listener.headBytes.give(borrowed);
    }
    return head;
  }

  private void open(int id, H2Head head, boolean isLast) throws IOException {
    RequestHead request;
    try {
      request = head.request();
    } catch (WireException _) {
      listener.counts.malformed.incrementAndGet();
      guard.spend(H2Guard.TAKEN_BACK);
      writer.reset(id, H2.PROTOCOL_ERROR);
      return;
    }
    if (listener.isStopping() || !listener.headBytes.take(head.bytes())) {
      guard.spend(H2Guard.TAKEN_BACK);
      writer.reset(id, H2.REFUSED_STREAM);
      return;
    }
    if (!begin()) {
      listener.headBytes.give(head.bytes());
      guard.spend(H2Guard.TAKEN_BACK);
      writer.reset(id, H2.REFUSED_STREAM);
      return;
    }
    H2Body body = new H2Body(listener.bodyBytes, request.framing());
    Clock clock = listener.clock;
    long deadlineNanos = clock.monotonicNanos() + listener.requestNanos;
    long receivedNanos = clock.wallNanos();
    H2Stream stream =
        new H2Stream(this, id, request, body, head.bytes(), receivedNanos, deadlineNanos);
    if (isLast) {
      int _ = body.came(0, true);
    }
    listener.counts.requests.incrementAndGet();
    windows.open(id);
    streams.put(id, stream);
    Thread.ofVirtual().name("http2").start(() -> serve(stream));
  }

  /// Whether another handler may run.
  private synchronized boolean begin() {
    if (running >= H2.STREAMS_MAX) {
      return false;
    }
    running++;
    idleSinceNanos = Long.MAX_VALUE;
    return true;
  }

  /// Whether it was the last one that ran.
  private synchronized boolean finish() {
    running--;
    if (running == 0) {
      idleSinceNanos = listener.clock.monotonicNanos();
    }
    return running == 0;
  }

  private void priority() throws IOException {
    if (frames.length() != 5) {
      throw new H2Exception(H2.FRAME_SIZE_ERROR, "PRIORITY has 5 bytes");
    }
    frames.skip();
  }

  private void reset() throws IOException {
    mustBeOpened();
    if (frames.length() != 4) {
      throw new H2Exception(H2.FRAME_SIZE_ERROR, "RST_STREAM has 4 bytes");
    }
    frames.skip();
    guard.spend(H2Guard.TAKEN_BACK);
    windows.close(frames.stream());
    H2Stream stream = streams.remove(frames.stream());
    if (stream != null) {
      stream.abandon("the client has taken the request back");
    }
  }

  private void settings() throws IOException {
    if (frames.stream() != 0) {
      throw new H2Exception(H2.PROTOCOL_ERROR, "settings of a stream");
    }
    int length = frames.length();
    if (length % 6 != 0 || (frames.has(H2.ACK) && length > 0)) {
      throw new H2Exception(H2.FRAME_SIZE_ERROR, "settings of " + length + " bytes");
    }
    if (frames.has(H2.ACK)) {
      return;
    }
    guard.spend(length / 6);
    byte[] content = frames.read(length);
    for (int i = 0; i < length; i += 6) {
      int value = H2Frames.number(content, i + 2);
      if (content[i] == 0 && content[i + 1] == H2.INITIAL_WINDOW_SIZE) {
        if (value < 0) {
          throw new H2Exception(H2.FLOW_CONTROL_ERROR, "a window is larger than 2^31-1");
        }
        windows.first(value);
      }
    }
    writer.acknowledgeSettings();
  }

  private void ping() throws IOException {
    if (frames.length() != 8 || frames.stream() != 0) {
      throw new H2Exception(H2.FRAME_SIZE_ERROR, "PING has 8 bytes and no stream");
    }
    byte[] content = frames.read(8);
    if (!frames.has(H2.ACK)) {
      writer.acknowledgePing(content);
    }
  }

  private void windowUpdate() throws IOException {
    if (frames.stream() != 0) {
      mustBeOpened();
    }
    if (frames.length() != 4) {
      throw new H2Exception(H2.FRAME_SIZE_ERROR, "WINDOW_UPDATE has 4 bytes");
    }
    int by = H2Frames.number(frames.read(4), 0) & Integer.MAX_VALUE;
    if (by == 0) {
      throw new H2Exception(H2.PROTOCOL_ERROR, "a window grows by nothing");
    }
    windows.grow(frames.stream(), by);
  }

  /// A handler's thread.
  private void serve(H2Stream stream) {
    H2Body body = stream.body();
    try {
      HttpReply reply = listener.answer(stream, body::isBroken);
      if (body.isBroken()) {
        listener.counts.broken.incrementAndGet();
      }
      replies.send(stream.id(), reply, stream.method().equals("HEAD"));
      if (!body.isWhole()) {
        // The answer is all there; what still comes is not needed.
        writer.reset(stream.id(), H2.NO_ERROR);
      }
      guard.earnRequest();
      served = true;
    } catch (IOException _) {
      // The peer is gone, or has taken the request back: nobody is left to tell.
    } finally {
      ended(stream);
    }
  }

  private void ended(H2Stream stream) {
    windows.close(stream.id());
    streams.remove(stream.id());
    stream.body().release();
    listener.headBytes.give(stream.headBytes());
    if (finish() && listener.isStopping()) {
      abort.run();
    }
  }

  /// Allows the peer more of a body; nothing where it is 0.
  void allow(int stream, int bytes) throws IOException {
    if (bytes > 0) {
      writer.window(stream, bytes);
    }
  }

  Clock clock() {
    return listener.clock;
  }

  String remote() {
    return remote;
  }

  /// Any thread.
  boolean isLate(long nowNanos) {
    long idle = idleSinceNanos;
    return frames.isLate(nowNanos)
        || writer.isStuck(nowNanos, listener.idleNanos)
        || (idle != Long.MAX_VALUE && nowNanos - idle > H2.IDLE_FACTOR * listener.idleNanos);
  }

  /// `Long.MAX_VALUE` while handlers run.
  long idleSince() {
    return idleSinceNanos;
  }

  /// Whether it ever brought a request that was answered.
  boolean served() {
    return served;
  }
}
