package dev.tocsin.world.real.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/// Buffers what comes from a peer. An idle connection holds [#FIRST_BYTES]; what a head needs
/// beyond that is taken from a budget. One thread.
final class WireInput {
  /// Bytes of the buffer while nothing needs more.
  static final int FIRST_BYTES = 1 << 10;

  /// Bytes asked of the network at once by [#read].
  private static final int PIECE_BYTES = 64 << 10;

  private final InputStream in;
  private final ByteBudget budget;
  private byte[] buffer = new byte[FIRST_BYTES];
  private int from;
  private int to;
  private int borrowed;

  WireInput(InputStream in, ByteBudget budget) {
    this.in = in;
    this.budget = budget;
  }

  boolean isEmpty() {
    return from == to;
  }

  byte[] buffer() {
    return buffer;
  }

  /// Where the unread bytes begin in [#buffer].
  int from() {
    return from;
  }

  /// Where the unread bytes end in [#buffer].
  int to() {
    return to;
  }

  void skip(int bytes) {
    from += bytes;
  }

  /// Waits for more bytes; -1 where no more will come. The unread ones may move to another place of
  /// the buffer. Fails with 431 where more than `bytesMax` would be unread.
  int fill(int bytesMax) throws IOException {
    if (from == to) {
      from = 0;
      to = 0;
    } else if (to == buffer.length && from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      grow(bytesMax);
    }
    int got = in.read(buffer, to, buffer.length - to);
    to += Math.max(0, got);
    return got;
  }

  /// Takes what is there of a channel that does not block, as far as there is room; -1 where no
  /// more will come. Without room nothing can be told, and it is 0.
  int take(ReadableByteChannel channel) throws IOException {
    if (from == to) {
      from = 0;
      to = 0;
    }
    if (to == buffer.length) {
      return 0;
    }
    int got = channel.read(ByteBuffer.wrap(buffer, to, buffer.length - to));
    to += Math.max(0, got);
    return got;
  }

  private void grow(int bytesMax) throws WireException {
    if (buffer.length >= bytesMax) {
      throw new WireException(431, "the headers are larger than " + bytesMax + " bytes");
    }
    int size = Math.min(bytesMax, buffer.length * 2);
    if (!budget.take(size - buffer.length)) {
      throw new WireException(503, "too many requests are coming in");
    }
    borrowed += size - buffer.length;
    buffer = Arrays.copyOf(buffer, size);
  }

  /// Gives back what a large head needed, once it is dealt with.
  void shrink() {
    if (borrowed > 0 && to - from <= FIRST_BYTES) {
      byte[] small = new byte[FIRST_BYTES];
      System.arraycopy(buffer, from, small, 0, to - from);
      to -= from;
      from = 0;
      buffer = small;
      release();
    }
  }

  /// Gives back what was taken of the budget; the connection ends.
  void release() {
    budget.give(borrowed);
    borrowed = 0;
  }

  /// The next bytes: the buffered ones first. At least one, or -1 at the end.
  int read(byte[] into, int at, int count) throws IOException {
    if (from == to) {
      return in.read(into, at, Math.min(count, PIECE_BYTES));
    }
    int some = Math.min(count, to - from);
    System.arraycopy(buffer, from, into, at, some);
    from += some;
    return some;
  }

  /// The next byte, or -1 at the end.
  int read() throws IOException {
    if (from == to && fill(buffer.length) < 0) {
      return -1;
    }
    return buffer[from++] & 0xff;
  }
}
