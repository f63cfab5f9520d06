package dev.tocsin.store.chunk;

/// The address of a payload in the place of a value: a NaN of a kind that no processor makes, with
/// the address in its lower 48 bits.
public final class PayloadAddress {
  private static final int ADDRESS_BITS = 48;
  private static final long MARK = 0xfffc;

  private PayloadAddress() {}

  /// Whether the value is one.
  public static boolean is(double value) {
    return Double.doubleToRawLongBits(value) >>> ADDRESS_BITS == MARK;
  }

  static long of(double value) {
    return Double.doubleToRawLongBits(value) & ((1L << ADDRESS_BITS) - 1);
  }

  /// The value that stands for a payload.
  public static double value(long address) {
    return Double.longBitsToDouble(MARK << ADDRESS_BITS | address);
  }

  /// How many of the values in `[from, to)` are ones.
  public static int count(double[] values, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += is(values[i]) ? 1 : 0;
    }
    return count;
  }
}
