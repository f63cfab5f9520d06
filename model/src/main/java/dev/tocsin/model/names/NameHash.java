package dev.tocsin.model.names;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Hashes of labels and of label sets, 64 bits, from text or from its bytes alike. Folded
/// multiplication over eight bytes at a time, keyed by a seed: whoever does not know it cannot
/// choose names that collide. The hash of a set is made of the sum of its labels' hashes, so their
/// order does not matter.
final class NameHash {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long seed;
  private final long mask;

  NameHash(long seed) {
    this(seed, -1);
  }

  /// @param mask which bits may be set: with few, names collide
  NameHash(long seed, long mask) {
    this.seed = mix(seed ^ GOLDEN);
    this.mask = mask;
  }

  long label(int tenant, String name, String value) {
    return add(add(mix(seed ^ tenant), name), value) & mask;
  }

  long label(int tenant, byte[] bytes, int nameFrom, int nameTo, int valueFrom, int valueTo) {
    return add(add(mix(seed ^ tenant), bytes, nameFrom, nameTo), bytes, valueFrom, valueTo) & mask;
  }

  /// @param sum of the labels' hashes
  long series(int tenant, long sum) {
    return mix(mix(sum ^ seed) ^ tenant) & mask;
  }

  private static long add(long hash, byte[] bytes, int from, int to) {
    long now = hash;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      now = mix(now ^ (long) LONG.get(bytes, i));
    }
    long rest = (long) (to - from) << 56;
    for (int shift = 0; i < to; i++, shift += Byte.SIZE) {
      rest ^= (bytes[i] & 0xffL) << shift;
    }
    return mix(now ^ rest);
  }

  private static long add(long hash, String text) {
    if (!TextBytes.isAscii(text)) {
      byte[] bytes = TextBytes.of(text);
      return add(hash, bytes, 0, bytes.length);
    }
    long now = hash;
    int i = 0;
    for (; i + Long.BYTES <= text.length(); i += Long.BYTES) {
      now = mix(now ^ fourChars(text, i) ^ fourChars(text, i + 4) << 32);
    }
    long rest = (long) text.length() << 56;
    for (int shift = 0; i < text.length(); i++, shift += Byte.SIZE) {
      rest ^= (long) text.charAt(i) << shift;
    }
    return mix(now ^ rest);
  }

  private static long fourChars(String text, int i) {
    return text.charAt(i)
        | (long) text.charAt(i + 1) << 8
        | (long) text.charAt(i + 2) << 16
        | (long) text.charAt(i + 3) << 24;
  }

  private static long mix(long number) {
    long factor = 0xd6e8feb86659fd93L;
    return Math.multiplyHigh(number, factor) ^ (number * factor) ^ (number >>> 32);
  }
}
