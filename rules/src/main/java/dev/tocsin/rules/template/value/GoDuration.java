package dev.tocsin.rules.template.value;

import java.math.BigDecimal;

/// Go's `time.Duration`.
///
/// @param nanos may be negative
public record GoDuration(long nanos) {
  private static final long SECOND = 1_000_000_000L;

  /// Truncated toward zero and held within a long.
  public static GoDuration ofSeconds(double seconds) {
    return new GoDuration((long) (seconds * 1e9));
  }

  public double hours() {
    return in(3600 * SECOND);
  }

  public double minutes() {
    return in(60 * SECOND);
  }

  public double seconds() {
    return in(SECOND);
  }

  /// Whole units and the rest apart, as Go does, so that the last digits agree.
  private double in(long unitNanos) {
    long whole = nanos / unitNanos;
    double rest = nanos % unitNanos;
    return whole + rest / unitNanos;
  }

  public GoDuration abs() {
    return new GoDuration(nanos == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(nanos));
  }

  /// Toward zero, to a multiple of the unit; as it is where the unit is not positive.
  public GoDuration truncate(GoDuration unit) {
    return unit.nanos <= 0 ? this : new GoDuration(nanos - nanos % unit.nanos);
  }

  /// To the nearest multiple, halves away from zero.
  public GoDuration round(GoDuration unit) {
    if (unit.nanos <= 0) {
      return this;
    }
    long rest = Math.abs(nanos % unit.nanos);
    long down = nanos - nanos % unit.nanos;
    // Compared without doubling, which could overflow.
    if (rest < unit.nanos - rest) {
      return new GoDuration(down);
    }
    long up = nanos < 0 ? down - unit.nanos : down + unit.nanos;
    boolean overflowed = nanos < 0 ? up > 0 : up < 0;
    return new GoDuration(overflowed ? (nanos < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : up);
  }

  /// As `1h15m30.918s`, `1.5ms`, `0s`.
  @Override
  public String toString() {
    if (nanos == 0) {
      return "0s";
    }
    String sign = nanos < 0 ? "-" : "";
    BigDecimal size = BigDecimal.valueOf(nanos).abs();
    if (size.compareTo(BigDecimal.valueOf(SECOND)) < 0) {
      String unit = size.precision() <= 3 ? "ns" : size.precision() <= 6 ? "µs" : "ms";
      int shift = size.precision() <= 3 ? 0 : size.precision() <= 6 ? 3 : 6;
      return sign + plain(size.movePointLeft(shift)) + unit;
    }
    BigDecimal seconds = size.movePointLeft(9);
    BigDecimal[] minutes = seconds.divideAndRemainder(BigDecimal.valueOf(60));
    long whole = minutes[0].longValueExact();
    String out = plain(minutes[1]) + "s";
    if (whole > 0) {
      out = whole % 60 + "m" + out;
    }
    if (whole >= 60) {
      out = whole / 60 + "h" + out;
    }
    return sign + out;
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
