package dev.tocsin.rules.template.value;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;

/// Writes a moment (in UTC) by a layout of Go's `time` package. Text that is no part of the
/// reference time is copied.
final class TimeLayout {
  static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");
  static final List<String> DAYS =
      List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

  /// Where one is the beginning of another, the longer comes first.
  private static final List<String> PARTS =
      List.of(
          "January",
          "Jan",
          "Monday",
          "Mon",
          "MST",
          "2006",
          "__2",
          "_2",
          "01",
          "02",
          "03",
          "04",
          "05",
          "06",
          "002",
          "15",
          "1",
          "2",
          "3",
          "4",
          "5",
          "PM",
          "pm",
          "-07:00:00",
          "-07:00",
          "-070000",
          "-0700",
          "-07",
          "Z07:00:00",
          "Z07:00",
          "Z070000",
          "Z0700",
          "Z07");

  private final OffsetDateTime time;

  TimeLayout(OffsetDateTime time) {
    this.time = time;
  }

  String format(String layout) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < layout.length()) {
      int fraction = fractionLength(layout, at);
      if (fraction > 0) {
        writeFraction(out, layout.substring(at, at + fraction));
        at += fraction;
        continue;
      }
      String part = partAt(layout, at);
      if (part.isEmpty()) {
        out.append(layout.charAt(at++));
      } else {
        out.append(written(part));
        at += part.length();
      }
    }
    return out.toString();
  }

  private static String partAt(String layout, int at) {
    for (String part : PARTS) {
      boolean isYear = part.equals("_2") && layout.startsWith("_2006", at);
      if (layout.startsWith(part, at) && !isYear && !endsInWord(part, layout, at + part.length())) {
        return part;
      }
    }
    return "";
  }

  /// `Month` is not `Mon` and `th`: a short name followed by a small letter is text.
  private static boolean endsInWord(String part, String layout, int end) {
    boolean isShortName = part.equals("Jan") || part.equals("Mon");
    return isShortName
        && end < layout.length()
        && layout.charAt(end) >= 'a'
        && layout.charAt(end) <= 'z';
  }

  /// Of `.000` or `,999`: a run of one digit that no other digit follows.
  private static int fractionLength(String layout, int at) {
    char mark = layout.charAt(at);
    if ((mark != '.' && mark != ',') || at + 1 >= layout.length()) {
      return 0;
    }
    char digit = layout.charAt(at + 1);
    if (digit != '0' && digit != '9') {
      return 0;
    }
    int end = at + 1;
    while (end < layout.length() && layout.charAt(end) == digit) {
      end++;
    }
    boolean digitFollows =
        end < layout.length() && layout.charAt(end) >= '0' && layout.charAt(end) <= '9';
    return digitFollows ? 0 : end - at;
  }

  private void writeFraction(StringBuilder out, String pattern) {
    String nanos = padded(time.getNano(), 9, '0');
    int digits = Math.min(pattern.length() - 1, 9);
    String shown = nanos.substring(0, digits);
    if (pattern.charAt(1) == '9') {
      shown = shown.replaceAll("0+$", "");
      if (shown.isEmpty()) {
        return;
      }
    }
    out.append(pattern.charAt(0)).append(shown);
  }

  private String written(String part) {
    int hour12 = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
    return switch (part) {
      case "January" -> MONTHS.get(time.getMonthValue() - 1);
      case "Jan" -> MONTHS.get(time.getMonthValue() - 1).substring(0, 3);
      case "Monday" -> DAYS.get(time.getDayOfWeek().getValue() % 7);
      case "Mon" -> DAYS.get(time.getDayOfWeek().getValue() % 7).substring(0, 3);
      case "MST" -> "UTC";
      case "2006" -> year();
      case "06" -> padded(Math.floorMod(time.getYear(), 100), 2, '0');
      case "01" -> padded(time.getMonthValue(), 2, '0');
      case "1" -> Integer.toString(time.getMonthValue());
      case "02" -> padded(time.getDayOfMonth(), 2, '0');
      case "_2" -> padded(time.getDayOfMonth(), 2, ' ');
      case "2" -> Integer.toString(time.getDayOfMonth());
      case "002" -> padded(time.getDayOfYear(), 3, '0');
      case "__2" -> padded(time.getDayOfYear(), 3, ' ');
      case "15" -> padded(time.getHour(), 2, '0');
      case "03" -> padded(hour12, 2, '0');
      case "3" -> Integer.toString(hour12);
      case "04" -> padded(time.getMinute(), 2, '0');
      case "4" -> Integer.toString(time.getMinute());
      case "05" -> padded(time.getSecond(), 2, '0');
      case "5" -> Integer.toString(time.getSecond());
      case "PM" -> time.getHour() < 12 ? "AM" : "PM";
      case "pm" -> time.getHour() < 12 ? "am" : "pm";
      default -> part.startsWith("Z") ? "Z" : part.replace('7', '0').replace('-', '+');
    };
  }

  private String year() {
    int year = time.getYear();
    return year < 0 ? "-" + padded(-year, 4, '0') : padded(year, 4, '0');
  }

  private static String padded(int number, int width, char pad) {
    String digits = Integer.toString(number);
    return String.valueOf(pad).repeat(Math.max(0, width - digits.length())) + digits;
  }

  /// The name of a month, from 1, as Go prints it; also one that does not exist.
  static String monthName(int month) {
    return month >= 1 && month <= 12
        ? MONTHS.get(month - 1)
        : String.format(Locale.ROOT, "%%!Month(%d)", month);
  }
}
