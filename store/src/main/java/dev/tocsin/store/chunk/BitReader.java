package dev.tocsin.store.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads what [BitWriter] wrote. Reads whole words, so the array must go on for
/// [BitWriter#SLACK_BYTES] behind the last bit. Not thread-safe.
final class BitReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;

  /// In bits from the start of the array.
  private long at;

  BitReader(byte[] bytes, int fromByte) {
    this.bytes = bytes;
    this.at = (long) fromByte * Byte.SIZE;
  }

  /// The next `count` bits, 1 to 64.
  long read(int count) {
    long word = peek();
    at += count;
    return word >>> (Long.SIZE - count);
  }

  /// How many one bits come next, at most `max` (up to 8); the zero that ends them is consumed.
  int ones(int max) {
    int ones = Long.numberOfLeadingZeros(~peek());
    at += Math.min(max, ones + 1);
    return Math.min(max, ones);
  }

  /// The next 64 bits.
  private long peek() {
    int index = (int) (at >>> 3);
    int shift = (int) (at & 7);
    long word = (long) LONG.get(bytes, index) << shift;
    // Of the ninth byte only the upper bits; none where the shift is 0.
    return word | (bytes[index + Long.BYTES] & 0xff) >>> (Byte.SIZE - shift);
  }
}
