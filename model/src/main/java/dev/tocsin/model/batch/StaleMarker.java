package dev.tocsin.model.batch;

/// The value that says: this series ended here. A NaN with a payload of its own (source:
/// Prometheus, model/value).
public final class StaleMarker {
  /// The bits of a stale marker.
  public static final long BITS = 0x7ff0000000000002L;

  /// The bits of an ordinary NaN, as Prometheus writes it.
  public static final long NORMAL_NAN_BITS = 0x7ff8000000000001L;

  public static final double VALUE = Double.longBitsToDouble(BITS);

  private StaleMarker() {}

  public static boolean is(double value) {
    return Double.doubleToRawLongBits(value) == BITS;
  }
}
