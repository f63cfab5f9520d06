package dev.tocsin.world.real.http;

import dev.tocsin.world.time.Clock;
import java.io.EOFException;
import java.io.IOException;

/// Reads frames: their heads, and what they hold as far as somebody wants it. The connection's
/// thread.
final class H2Frames {
  private static final int HEAD_BYTES = 9;
  private static final int NOWHERE_BYTES = 1 << 10;

  private final WireInput in;
  private final Clock clock;
  private final long frameNanos;
  private final byte[] head = new byte[HEAD_BYTES];
  private int length;
  private int padding;

  /// Monotonic nanoseconds until when the frame, or the block of headers, must have come;
  /// `Long.MAX_VALUE` between frames.
  private volatile long deadlineNanos = Long.MAX_VALUE;

  /// @param frameNanos how long a frame may take
  H2Frames(WireInput in, Clock clock, long frameNanos) {
    this.in = in;
    this.clock = clock;
    this.frameNanos = frameNanos;
  }

  /// Whether a frame has begun and does not come. Any thread.
  boolean isLate(long nowNanos) {
    return nowNanos > deadlineNanos;
  }

  /// Waits for the next frame's head; false where the peer has ended.
  boolean next() throws IOException {
    deadlineNanos = Long.MAX_VALUE;
    if (in.isEmpty() && in.fill(WireInput.FIRST_BYTES) < 0) {
      return false;
    }
    deadlineNanos = clock.monotonicNanos() + frameNanos;
    nextOfBlock();
    return true;
  }

  /// The same within a block of headers, whose time goes on.
  void nextOfBlock() throws IOException {
    read(head, 0, HEAD_BYTES);
    length = ((head[0] & 0xff) << 16) | ((head[1] & 0xff) << 8) | (head[2] & 0xff);
    padding = 0;
    if (length > H2.FRAME_BYTES_MAX) {
      throw new H2Exception(H2.FRAME_SIZE_ERROR, "a frame of " + length + " bytes");
    }
  }

  int type() {
    return head[3] & 0xff;
  }

  boolean has(int flag) {
    return (head[4] & flag) != 0;
  }

  int stream() {
    return number(head, 5) & Integer.MAX_VALUE;
  }

  /// Bytes of the frame that were not read yet, without those of its padding.
  int length() {
    return length;
  }

  /// Reads how much padding there is (RFC 9113 6.1), which [#skipPadding] takes away behind all
  /// else.
  void padding() throws IOException {
    if (!has(H2.PADDED)) {
      return;
    }
    int bytes = read(1)[0] & 0xff;
    if (bytes > length) {
      throw new H2Exception(H2.PROTOCOL_ERROR, "more padding than frame");
    }
    padding = bytes;
    length -= bytes;
  }

  void skipPadding() throws IOException {
    length += padding;
    padding = 0;
    skip();
  }

  /// The next bytes of the frame.
  byte[] read(int count) throws IOException {
    byte[] bytes = new byte[count];
    take(bytes, 0, count);
    return bytes;
  }

  /// Reads the next bytes of the frame into their place.
  void take(byte[] into, int at, int count) throws IOException {
    if (count > length) {
      throw new H2Exception(H2.FRAME_SIZE_ERROR, "a frame is too short");
    }
    read(into, at, count);
    length -= count;
  }

  /// Throws away what is left of the frame.
  void skip() throws IOException {
    byte[] nowhere = new byte[Math.min(length, NOWHERE_BYTES)];
    while (length > 0) {
      take(nowhere, 0, Math.min(length, nowhere.length));
    }
  }

  private void read(byte[] into, int at, int count) throws IOException {
    int filled = 0;
    while (filled < count) {
      int got = in.isEmpty() && count - filled < WireInput.FIRST_BYTES ? more() : 0;
      got = got < 0 ? got : in.read(into, at + filled, count - filled);
      if (got < 0) {
        throw new EOFException("the connection ended within a frame");
      }
      filled += got;
    }
  }

  /// Little is read with what comes behind it: one system call for several small frames.
  private int more() throws IOException {
    return in.fill(WireInput.FIRST_BYTES);
  }

  static int number(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 24)
        | ((bytes[at + 1] & 0xff) << 16)
        | ((bytes[at + 2] & 0xff) << 8)
        | (bytes[at + 3] & 0xff);
  }
}
