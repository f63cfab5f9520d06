package dev.tocsin.world.real.http;

import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/// Writes frames, each whole. Any thread.
final class H2Writer {
  private static final int HEAD_BYTES = 9;
  private static final byte[] NOTHING = {};

  private final OutputStream out;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();

  /// Since when a frame is being written, monotonic nanoseconds; `Long.MAX_VALUE`: none is.
  private volatile long sinceNanos = Long.MAX_VALUE;

  H2Writer(OutputStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  /// Whether the peer has not taken a frame for so long.
  boolean isStuck(long nowNanos, long nanosMax) {
    long since = sinceNanos;
    return since != Long.MAX_VALUE && nowNanos - since > nanosMax;
  }

  void frame(int type, int flags, int stream, byte[] content, int from, int count)
      throws IOException {
    byte[] frame = new byte[HEAD_BYTES + count];
    frame[0] = (byte) (count >> 16);
    frame[1] = (byte) (count >> 8);
    frame[2] = (byte) count;
    frame[3] = (byte) type;
    frame[4] = (byte) flags;
    put(frame, 5, stream);
    System.arraycopy(content, from, frame, HEAD_BYTES, count);
    lock.lock();
    try {
      sinceNanos = clock.monotonicNanos();
      out.write(frame);
    } finally {
      sinceNanos = Long.MAX_VALUE;
      lock.unlock();
    }
  }

  /// What we allow, and that it begins.
  void begin(int headerBytesMax) throws IOException {
    int[] settings = {
      H2.MAX_CONCURRENT_STREAMS, H2.STREAMS_MAX,
      H2.INITIAL_WINDOW_SIZE, H2.STREAM_WINDOW,
      H2.MAX_HEADER_LIST_SIZE, headerBytesMax
    };
    byte[] content = new byte[3 * settings.length];
    for (int i = 0; i < settings.length; i += 2) {
      content[3 * i + 1] = (byte) settings[i];
      put(content, 3 * i + 2, settings[i + 1]);
    }
    frame(H2.SETTINGS, 0, 0, content, 0, content.length);
    window(0, H2.CONNECTION_WINDOW - H2.FIRST_WINDOW);
  }

  void acknowledgeSettings() throws IOException {
    frame(H2.SETTINGS, H2.ACK, 0, NOTHING, 0, 0);
  }

  void acknowledgePing(byte[] content) throws IOException {
    frame(H2.PING, H2.ACK, 0, content, 0, content.length);
  }

  /// Allows the peer so many bytes more.
  void window(int stream, int bytes) throws IOException {
    number(H2.WINDOW_UPDATE, stream, bytes);
  }

  void reset(int stream, int code) throws IOException {
    number(H2.RST_STREAM, stream, code);
  }

  /// @param last the newest stream that was looked at; newer ones may be sent again elsewhere
  void goAway(int last, int code, String reason) throws IOException {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] content = new byte[8 + text.length];
    put(content, 0, last);
    put(content, 4, code);
    System.arraycopy(text, 0, content, 8, text.length);
    frame(H2.GOAWAY, 0, 0, content, 0, content.length);
  }

  private void number(int type, int stream, int number) throws IOException {
    byte[] content = new byte[4];
    put(content, 0, number);
    frame(type, 0, stream, content, 0, content.length);
  }

  private static void put(byte[] into, int at, int number) {
    into[at] = (byte) (number >> 24);
    into[at + 1] = (byte) (number >> 16);
    into[at + 2] = (byte) (number >> 8);
    into[at + 3] = (byte) number;
  }
}
