package dev.tocsin.world.real.http;

import java.time.LocalDate;

/// The time as the `Date` header has it (RFC 9110 5.6.7). Written by hand: the JDK's formatter
/// costs more to load than the rest of the server.
final class HttpDate {
  private static final String DAYS = "ThuFriSatSunMonTueWed"; // 1970 began on a Thursday
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private record Written(long second, String text) {}

  private volatile Written last = new Written(Long.MIN_VALUE, "");

  /// Any thread. The text of one second is made once.
  String at(long unixSecond) {
    Written known = last;
    if (known.second != unixSecond) {
      known = new Written(unixSecond, write(unixSecond));
      last = known;
    }
    return known.text;
  }

  private static String write(long unixSecond) {
    long day = Math.floorDiv(unixSecond, 86_400L);
    int second = (int) Math.floorMod(unixSecond, 86_400L);
    LocalDate date = LocalDate.ofEpochDay(day);
    int weekday = (int) Math.floorMod(day, 7L) * 3;
    int month = (date.getMonthValue() - 1) * 3;
    StringBuilder text = new StringBuilder(29);
    text.append(DAYS, weekday, weekday + 3).append(", ");
    two(text, date.getDayOfMonth()).append(' ').append(MONTHS, month, month + 3).append(' ');
    text.append(date.getYear()).append(' ');
    two(text, second / 3600).append(':');
    two(text, second / 60 % 60).append(':');
    return two(text, second % 60).append(" GMT").toString();
  }

  private static StringBuilder two(StringBuilder text, int value) {
    return text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
  }
}
