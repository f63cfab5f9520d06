package dev.tocsin.pipeline.intake;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A 64-bit hash of bytes, folding 128-bit products (the construction of wyhash). Label values come
/// from outside, so all its constants come from a seed of the process: without it nobody can choose
/// keys that collide.
final class KeyHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long first;
  private final long second;
  private final long third;

  KeyHash(long seed) {
    first = scramble(seed + 0x9e3779b97f4a7c15L);
    second = scramble(first + 0x9e3779b97f4a7c15L);
    third = scramble(second + 0x9e3779b97f4a7c15L);
  }

  /// Never zero: zero marks an empty place in the table.
  long of(int tenant, byte[] bytes, int from, int to) {
    long hash = first ^ mix(tenant ^ second, third);
    int at = from;
    for (; at + 16 <= to; at += 16) {
      hash = mix((long) LONG.get(bytes, at) ^ second, (long) LONG.get(bytes, at + 8) ^ hash);
    }
    long low = 0;
    if (at + 8 <= to) {
      low = (long) LONG.get(bytes, at);
      at += 8;
    }
    long high = 0;
    for (; at < to; at++) {
      high = high << 8 | (bytes[at] & 0xff);
    }
    hash = mix(low ^ second, high ^ hash);
    hash = mix(hash ^ third, (to - from) ^ first);
    return hash == 0 ? 1 : hash;
  }

  private static long mix(long a, long b) {
    return a * b ^ Math.unsignedMultiplyHigh(a, b);
  }

  /// The finalizer of SplitMix64.
  private static long scramble(long z) {
    long a = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ a >>> 27) * 0x94d049bb133111ebL;
    return b ^ b >>> 31;
  }
}
