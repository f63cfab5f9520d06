package dev.tocsin.store.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Bits, the most significant first, into a buffer of fixed size that is used again and again. Not
/// thread-safe.
final class BitWriter {
  /// Bytes behind the last bit that a reader may touch: of a header that is none, 40; of bits, 9.
  static final int SLACK_BYTES = 48;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private int at;
  private long pending;
  private int free = Long.SIZE;

  BitWriter(int bytesMax) {
    bytes = new byte[bytesMax + SLACK_BYTES];
  }

  void clear() {
    at = 0;
    pending = 0;
    free = Long.SIZE;
  }

  /// The lowest `count` bits (1 to 64); those above them must be zero.
  void write(long bits, int count) {
    if (count < free) {
      free -= count;
      pending |= bits << free;
      return;
    }
    int rest = count - free;
    LONG.set(bytes, at, pending | bits >>> rest);
    at += Long.BYTES;
    free = Long.SIZE - rest;
    pending = rest == 0 ? 0 : bits << free;
  }

  /// Fills the last byte with zeros; nothing can be written until the next [#clear]. Returns the
  /// length in bytes.
  int finish() {
    LONG.set(bytes, at, pending);
    at += (Long.SIZE - free + Byte.SIZE - 1) / Byte.SIZE;
    return at;
  }

  /// The buffer: the bits are at its start.
  byte[] bytes() {
    return bytes;
  }
}
