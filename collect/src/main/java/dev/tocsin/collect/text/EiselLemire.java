package dev.tocsin.collect.text;

/// The double that is nearest to a decimal number, without objects: the product of the digits and a
/// power of ten of 128 bits is nearly always enough to know it.
///
/// Source: D. Lemire, "Number Parsing at a Gigabyte per Second" (2021), with the check of M. Eisel
/// and N. Tao for powers that are rounded down.
final class EiselLemire {
  /// Not known: ask a slower way. No double has these bits here, since this is a NaN.
  static final long UNKNOWN = -1L;

  private static final int MANTISSA_BITS = 52;
  private static final long EXPONENT_BIAS = 1023;
  private static final long EXPONENT_BEYOND = 0x7ff;

  /// The lowest bits of the product's upper half, which rounding cuts off.
  private static final long CUT = 0x1ff;

  private EiselLemire() {}

  /// The bits of the double nearest to `digits * 10^exponent`, or [#UNKNOWN].
  ///
  /// @param digits not zero; unsigned
  static long bits(long digits, int exponent) {
    if (exponent < DecimalPowers.EXPONENT_MIN || exponent > DecimalPowers.EXPONENT_MAX) {
      return UNKNOWN;
    }
    int zeros = Long.numberOfLeadingZeros(digits);
    long factor = digits << zeros;
    long power = DecimalPowers.UPPER[exponent - DecimalPowers.EXPONENT_MIN];
    long upper = Math.unsignedMultiplyHigh(factor, power);
    long lower = factor * power;
    if ((upper & CUT) == CUT && Long.compareUnsigned(lower + factor, factor) < 0) {
      long rest = DecimalPowers.LOWER[exponent - DecimalPowers.EXPONENT_MIN];
      long carried = lower + Math.unsignedMultiplyHigh(factor, rest);
      if (Long.compareUnsigned(carried, lower) < 0) {
        upper++;
      }
      lower = carried;
      boolean open = Long.compareUnsigned(factor * rest + factor, factor) < 0;
      if ((upper & CUT) == CUT && lower == -1 && open) {
        return UNKNOWN;
      }
    }
    return rounded(upper, lower, binaryExponent(exponent) - zeros);
  }

  /// Of a number whose highest bit is bit 127, before it is shifted there.
  private static long binaryExponent(int exponent) {
    // 217706 / 2^16 is the binary logarithm of ten, near enough in this range.
    return ((217_706L * exponent) >> 16) + Long.SIZE + EXPONENT_BIAS;
  }

  private static long rounded(long upper, long lower, long exponent) {
    long highest = upper >>> 63;
    long mantissa = upper >>> (highest + 9);
    long raised = exponent - (1 ^ highest);
    boolean isHalfWay = lower == 0 && (upper & CUT) == 0 && (mantissa & 3) == 1;
    if (isHalfWay) {
      return UNKNOWN;
    }
    mantissa = (mantissa + (mantissa & 1)) >>> 1;
    if (mantissa >>> (MANTISSA_BITS + 1) != 0) {
      mantissa >>>= 1;
      raised++;
    }
    // Subnormal numbers, and those beyond the greatest.
    if (raised <= 0 || raised >= EXPONENT_BEYOND) {
      return UNKNOWN;
    }
    return (raised << MANTISSA_BITS) | (mantissa & ((1L << MANTISSA_BITS) - 1));
  }
}
