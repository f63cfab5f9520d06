package dev.tocsin.model.batch;

/// The value that says: this series ended here. A NaN with a payload of its own (source:
/// Prometheus, model/value).
public final class StaleMarker {
  /// The bits of a stale marker.
  public static final long BITS = 0x7ff0000000000002L;

  /// The bits of an ordinary NaN, as Prometheus writes it.
  public static final long NORMAL_NAN_BITS = 0x7ff8000000000001L;

  public static final double VALUE = Double.longBitsToDouble(BITS);

  private static final double NORMAL_NAN = Double.longBitsToDouble(NORMAL_NAN_BITS);

  private StaleMarker() {}

  /// An ordinary NaN for any other than a marker, and else the value itself. Which NaN arithmetic
  /// gives depends on the processor and on what was compiled when, so what is kept of it must not.
  public static double withNormalNan(double value) {
    return Double.isNaN(value) && !is(value) ? NORMAL_NAN : value;
  }

  public static boolean is(double value) {
    return Double.doubleToRawLongBits(value) == BITS;
  }
}
