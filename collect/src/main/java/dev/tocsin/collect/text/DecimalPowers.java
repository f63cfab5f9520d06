package dev.tocsin.collect.text;

import java.math.BigInteger;

/// Powers of ten with 128 bits: what [EiselLemire] multiplies with. 11 KB, made when the first
/// number needs it.
final class DecimalPowers {
  static final int EXPONENT_MIN = -348;
  static final int EXPONENT_MAX = 347;

  private static final int BITS = 128;

  /// By exponent - [#EXPONENT_MIN]: the upper 64 bits of `10^exponent`, scaled by a power of two so
  /// that the highest is set, and rounded down.
  static final long[] UPPER = new long[EXPONENT_MAX - EXPONENT_MIN + 1];

  /// The lower 64 of these 128 bits.
  static final long[] LOWER = new long[UPPER.length];

  static {
    // Ten is five times two, and twos only shift.
    BigInteger five = BigInteger.ONE;
    for (int exponent = 0; exponent <= -EXPONENT_MIN; exponent++) {
      if (exponent <= EXPONENT_MAX) {
        put(exponent, five.shiftLeft(BITS));
      }
      put(-exponent, BigInteger.ONE.shiftLeft(five.bitLength() + 2 * BITS).divide(five));
      five = five.multiply(BigInteger.valueOf(5));
    }
  }

  private DecimalPowers() {}

  private static void put(int exponent, BigInteger scaled) {
    BigInteger bits = scaled.shiftRight(scaled.bitLength() - BITS);
    UPPER[exponent - EXPONENT_MIN] = bits.shiftRight(Long.SIZE).longValue();
    LOWER[exponent - EXPONENT_MIN] = bits.longValue();
  }
}
