package dev.tocsin.model.names;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Hashes of labels and of label sets, 64 bits, from text or from its bytes alike. They fold the
/// 128-bit products of sixteen bytes (the construction of wyhash), keyed by a seed: whoever does
/// not know it cannot choose names that collide. The hash of a set is made of the sum of its
/// labels' hashes, so their order does not matter.
final class NameHash {
  private static final int BLOCK_BYTES = 2 * Long.BYTES;
  private static final long BYTE = 0xff;
  private static final int ASCII_END = 0x80;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long first;
  private final long second;
  private final long mask;

  NameHash(long seed) {
    this(seed, -1);
  }

  /// @param mask which bits may be set: with few, names collide
  NameHash(long seed, long mask) {
    this.first = scramble(seed + 0x9e3779b97f4a7c15L);
    this.second = scramble(first + 0x9e3779b97f4a7c15L);
    this.mask = mask;
  }

  long label(int tenant, String name, String value) {
    return add(add(first ^ tenant, name), value) & mask;
  }

  long label(int tenant, byte[] bytes, int nameFrom, int nameTo, int valueFrom, int valueTo) {
    return add(add(first ^ tenant, bytes, nameFrom, nameTo), bytes, valueFrom, valueTo) & mask;
  }

  /// @param sum of the labels' hashes
  long series(int tenant, long sum) {
    return mix(sum ^ first, second + tenant) & mask;
  }

  private long add(long hash, byte[] bytes, int from, int to) {
    long now = hash;
    int i = from;
    for (; i + BLOCK_BYTES <= to; i += BLOCK_BYTES) {
      now = mix((long) LONG.get(bytes, i) ^ now, (long) LONG.get(bytes, i + Long.BYTES) ^ second);
    }
    long low = 0;
    if (i + Long.BYTES <= to) {
      low = (long) LONG.get(bytes, i);
      i += Long.BYTES;
    }
    // Distinct for every rest: seven bytes at most are behind it.
    long high = (long) (to - from) << 56;
    for (int shift = 0; i < to; i++, shift += Byte.SIZE) {
      high ^= (bytes[i] & BYTE) << shift;
    }
    return mix(low ^ now, high ^ second);
  }

  private long add(long hash, String text) {
    long now = hash;
    int length = text.length();
    long low = 0;
    long high = 0;
    int all = 0;
    for (int i = 0, shift = 0; i < length; i++, shift += Byte.SIZE) {
      char c = text.charAt(i);
      all |= c;
      if (shift == Long.SIZE) {
        if (i % BLOCK_BYTES == 0) {
          now = mix(low ^ now, high ^ second);
          low = 0;
        } else {
          low = high;
        }
        high = 0;
        shift = 0;
      }
      high |= (long) c << shift;
    }
    if (all >= ASCII_END) {
      byte[] bytes = TextBytes.of(text);
      return add(hash, bytes, 0, bytes.length);
    }
    if (length > 0 && length % Long.BYTES == 0) {
      if (length % BLOCK_BYTES == 0) {
        now = mix(low ^ now, high ^ second);
        low = 0;
      } else {
        low = high;
      }
      high = 0;
    }
    return mix(low ^ now, high ^ (long) length << 56 ^ second);
  }

  private static long mix(long a, long b) {
    return a * b ^ Math.multiplyHigh(a, b);
  }

  /// The finalizer of SplitMix64.
  private static long scramble(long z) {
    long a = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ a >>> 27) * 0x94d049bb133111ebL;
    return b ^ b >>> 31;
  }
}
