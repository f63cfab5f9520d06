package dev.tocsin.promql.eval.number;

/// The calendar of UTC from Unix seconds, for any double: no exception, no allocation. The
/// algorithm counts days in eras of 400 years from 1 March (Howard Hinnant, "chrono-compatible
/// low-level date algorithms"). What is no number, or none of 64 bits, is 4 December 292277026596,
/// 15:30:08: as Prometheus has it on amd64, where the conversion gives -2^63, which is before the
/// first time that Go can tell and wraps around.
public final class CivilTime {
  private static final long DAY = 86_400;
  private static final long DAYS_PER_ERA = 146_097;

  /// The first second of Go's calendar; times before it are taken as unsigned.
  private static final long SECONDS_MIN = -9_223_372_028_741_760_000L;

  private CivilTime() {}

  public static double minute(double seconds) {
    long minute = secondOfDay(seconds) / 60 % 60;
    return (double) minute;
  }

  public static double hour(double seconds) {
    long hour = secondOfDay(seconds) / 3600;
    return (double) hour;
  }

  /// 0 is Sunday.
  public static double dayOfWeek(double seconds) {
    // 1 January 1970 was a Thursday.
    return (double) Math.floorMod(days(seconds) + 4, 7L);
  }

  public static double dayOfMonth(double seconds) {
    return (double) (date(days(seconds)) % 100);
  }

  public static double month(double seconds) {
    return (double) (date(days(seconds)) / 100 % 100);
  }

  public static double year(double seconds) {
    return (double) year(days(seconds));
  }

  /// From 1.
  public static double dayOfYear(double seconds) {
    long days = days(seconds);
    return (double) (days - firstDayOf(year(days)) + 1);
  }

  public static double daysInMonth(double seconds) {
    long days = days(seconds);
    int month = (int) (date(days) / 100 % 100);
    return switch (month) {
      case 2 -> isLeap(year(days)) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  private static boolean isLeap(long year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  private static long whole(double seconds) {
    return Math.abs(seconds) < 0x1p63 ? (long) seconds : Long.MIN_VALUE;
  }

  private static long days(double seconds) {
    long whole = whole(seconds);
    return whole < SECONDS_MIN ? Long.divideUnsigned(whole, DAY) : Math.floorDiv(whole, DAY);
  }

  private static long secondOfDay(double seconds) {
    long whole = whole(seconds);
    return whole < SECONDS_MIN ? Long.remainderUnsigned(whole, DAY) : Math.floorMod(whole, DAY);
  }

  private static long firstDayOf(long year) {
    // 1 January belongs to the year that began on 1 March before.
    long before = year - 1;
    long era = Math.floorDiv(before, 400L);
    long yearOfEra = before - era * 400;
    return era * DAYS_PER_ERA + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + 306 - 719_468;
  }

  private static long year(long days) {
    long shifted = days + 719_468;
    long era = Math.floorDiv(shifted, DAYS_PER_ERA);
    long yearOfEra = yearOfEra(shifted - era * DAYS_PER_ERA);
    long month = date(days) / 100 % 100;
    return yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  }

  /// `100 * month + day`.
  private static long date(long days) {
    long shifted = days + 719_468;
    long dayOfEra = shifted - Math.floorDiv(shifted, DAYS_PER_ERA) * DAYS_PER_ERA;
    long yearOfEra = yearOfEra(dayOfEra);
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long month = (5 * dayOfYear + 2) / 153;
    long day = dayOfYear - (153 * month + 2) / 5 + 1;
    return (month < 10 ? month + 3 : month - 9) * 100 + day;
  }

  private static long yearOfEra(long dayOfEra) {
    return (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
  }
}
