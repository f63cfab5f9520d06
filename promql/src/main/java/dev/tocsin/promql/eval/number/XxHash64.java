package dev.tocsin.promql.eval.number;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The hash XXH64 with seed 0. Source: xxHash, specification of XXH64.
public final class XxHash64 {
  private static final long PRIME_1 = 0x9e3779b185ebca87L;
  private static final long PRIME_2 = 0xc2b2ae3d27d4eb4fL;
  private static final long PRIME_3 = 0x165667b19e3779f9L;
  private static final long PRIME_4 = 0x85ebca77c2b2ae63L;
  private static final long PRIME_5 = 0x27d4eb2f165667c5L;

  /// Of the first two, without what is beyond 64 bits.
  private static final long SUM_OF_PRIMES = 0x60ea27eeadc0b5d6L;

  /// Bytes taken in at once.
  private static final int STRIPE_BYTES = 32;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private XxHash64() {}

  public static long of(byte[] data) {
    int at = 0;
    long hash;
    if (data.length >= STRIPE_BYTES) {
      at = data.length / STRIPE_BYTES * STRIPE_BYTES;
      hash = stripes(data, at);
    } else {
      hash = PRIME_5;
    }
    hash += data.length;
    for (; at + Long.BYTES <= data.length; at += Long.BYTES) {
      hash = Long.rotateLeft(hash ^ round(0, longAt(data, at)), 27) * PRIME_1 + PRIME_4;
    }
    if (at + Integer.BYTES <= data.length) {
      hash ^= Integer.toUnsignedLong((int) INTS.get(data, at)) * PRIME_1;
      hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
      at += Integer.BYTES;
    }
    for (; at < data.length; at++) {
      hash = Long.rotateLeft(hash ^ (data[at] & 0xffL) * PRIME_5, 11) * PRIME_1;
    }
    hash = (hash ^ (hash >>> 33)) * PRIME_2;
    hash = (hash ^ (hash >>> 29)) * PRIME_3;
    return hash ^ (hash >>> 32);
  }

  private static long stripes(byte[] data, int end) {
    long a = SUM_OF_PRIMES;
    long b = PRIME_2;
    long c = 0;
    long d = -PRIME_1;
    for (int at = 0; at < end; at += STRIPE_BYTES) {
      a = round(a, longAt(data, at));
      b = round(b, longAt(data, at + Long.BYTES));
      c = round(c, longAt(data, at + 2 * Long.BYTES));
      d = round(d, longAt(data, at + 3 * Long.BYTES));
    }
    long hash =
        Long.rotateLeft(a, 1)
            + Long.rotateLeft(b, 7)
            + Long.rotateLeft(c, 12)
            + Long.rotateLeft(d, 18);
    hash = merge(hash, a);
    hash = merge(hash, b);
    hash = merge(hash, c);
    return merge(hash, d);
  }

  private static long longAt(byte[] data, int at) {
    return (long) LONGS.get(data, at);
  }

  private static long round(long accumulator, long input) {
    return Long.rotateLeft(accumulator + input * PRIME_2, 31) * PRIME_1;
  }

  private static long merge(long hash, long accumulator) {
    return (hash ^ round(0, accumulator)) * PRIME_1 + PRIME_4;
  }
}
