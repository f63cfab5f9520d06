package dev.tocsin.rules.template.value;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// Go's `time.Time` in UTC. Templates get one from `toTime`, with the resolution of a millisecond.
public record GoTime(Instant instant) {
  private static final double NANOS_MAX = 0x1p63;

  /// Empty where nanoseconds since 1970 do not fit into 64 bits; not for NaN and infinities.
  public static Optional<GoTime> ofSeconds(double seconds) {
    double nanos = seconds * 1e9;
    if (nanos > NANOS_MAX || nanos < -NANOS_MAX) {
      return Optional.empty();
    }
    return Optional.of(new GoTime(Instant.ofEpochMilli((long) nanos / 1_000_000)));
  }

  public OffsetDateTime utc() {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /// The moment of a far year is held at the last one there is.
  public GoTime add(GoDuration duration) {
    try {
      return new GoTime(instant.plusNanos(duration.nanos()));
    } catch (DateTimeException | ArithmeticException _) {
      return new GoTime(duration.nanos() < 0 ? Instant.MIN : Instant.MAX);
    }
  }

  /// Held within what a duration can be.
  public GoDuration sub(GoTime other) {
    try {
      long seconds = Math.subtractExact(instant.getEpochSecond(), other.instant.getEpochSecond());
      long nanos = (long) instant.getNano() - other.instant.getNano();
      return new GoDuration(Math.addExact(Math.multiplyExact(seconds, 1_000_000_000L), nanos));
    } catch (ArithmeticException _) {
      boolean before = instant.isBefore(other.instant);
      return new GoDuration(before ? Long.MIN_VALUE : Long.MAX_VALUE);
    }
  }

  /// As Go counts: a day of the month beyond the month's end runs into the next month.
  public Optional<GoTime> addDate(long years, long months, long days) {
    try {
      OffsetDateTime now = utc();
      OffsetDateTime first = now.withDayOfMonth(1).plusYears(years).plusMonths(months);
      long extra = Math.addExact(days, now.getDayOfMonth() - 1L);
      return Optional.of(new GoTime(first.plusDays(extra).toInstant()));
    } catch (DateTimeException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  /// Down to a multiple of the unit since the year 1.
  public GoTime truncate(GoDuration unit) {
    return unit.nanos() <= 0 ? this : add(new GoDuration(-sinceMultiple(unit)));
  }

  /// To the nearest multiple of the unit since the year 1, halves up.
  public GoTime round(GoDuration unit) {
    if (unit.nanos() <= 0) {
      return this;
    }
    long rest = sinceMultiple(unit);
    boolean down = rest < unit.nanos() - rest;
    return add(new GoDuration(down ? -rest : unit.nanos() - rest));
  }

  private long sinceMultiple(GoDuration unit) {
    BigInteger sinceYearOne =
        BigInteger.valueOf(instant.getEpochSecond() + 62_135_596_800L)
            .multiply(BigInteger.valueOf(1_000_000_000L))
            .add(BigInteger.valueOf(instant.getNano()));
    return sinceYearOne.mod(BigInteger.valueOf(unit.nanos())).longValueExact();
  }

  /// As `2015-06-23 13:19:44.128 +0000 UTC`.
  @Override
  public String toString() {
    return format("2006-01-02 15:04:05.999999999 -0700 MST");
  }

  /// By a layout that shows how Go's reference time, `Mon Jan 2 15:04:05 MST 2006`, would look.
  public String format(String layout) {
    return new TimeLayout(utc()).format(layout);
  }
}
