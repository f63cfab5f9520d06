package dev.tocsin.collect.otlp;

import dev.tocsin.collect.series.ByteBudget;
import java.util.Arrays;

/// The bytes a body becomes (decompressed, or protobuf made of JSON), which grow within a limit of
/// their own and within the budget of all requests. Used by one request at a time; give it back.
final class BodyBuffer {
  /// A larger array is not kept when the buffer is given back.
  private static final int RETAINED_BYTES = 1 << 20;

  private static final int BYTES_MIN = 16 << 10;

  /// There is no room for more bytes. Without a stack trace: anyone may cause it.
  static final class NoRoomException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean beyondLimit;

    NoRoomException(boolean beyondLimit, String message) {
      super(message, null, false, false);
      this.beyondLimit = beyondLimit;
    }

    /// Whether the body is too large at any time; otherwise others have the room now.
    boolean isBeyondLimit() {
      return beyondLimit;
    }
  }

  private byte[] bytes = {};
  private int length;
  private ByteBudget budget = new ByteBudget(0);
  private long takenBefore;
  private long taken;
  private int bytesMax;

  /// @param all the budget, of which the request has taken so much already
  void begin(ByteBudget all, long alreadyTaken, int limit) {
    budget = all;
    takenBefore = alreadyTaken;
    taken = 0;
    bytesMax = limit;
    length = 0;
  }

  /// Bytes of the budget it has taken.
  long taken() {
    return taken;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /// Makes room for so many bytes more, and for a few more than that where it can.
  void room(int more) throws NoRoomException {
    long needed = (long) length + more;
    if (needed <= taken && needed <= bytes.length) {
      return;
    }
    if (needed > bytesMax) {
      throw new NoRoomException(true, "the decoded body is larger than " + bytesMax + " bytes");
    }
    long wanted = Math.min(bytesMax, Math.max(needed + needed / 2, BYTES_MIN));
    if (wanted > taken) {
      if (!budget.take(wanted - taken, takenBefore + taken)) {
        throw new NoRoomException(false, "too many requests are being read");
      }
      taken = wanted;
    }
    if (bytes.length < taken) {
      bytes = Arrays.copyOf(bytes, (int) taken);
    }
  }

  /// Room was made before.
  void add(int b) {
    bytes[length++] = (byte) b;
  }

  void add(byte[] source, int count) throws NoRoomException {
    room(count);
    System.arraycopy(source, 0, bytes, length, count);
    length += count;
  }

  /// Bytes were put behind the end, for which room was made.
  void grow(int by) {
    length += by;
  }

  /// Gives the budget back, and lets a large array go.
  void end() {
    budget.give(taken);
    taken = 0;
    if (bytes.length > RETAINED_BYTES) {
      bytes = new byte[0];
    }
  }
}
