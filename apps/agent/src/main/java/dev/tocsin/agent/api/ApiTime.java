package dev.tocsin.agent.api;

import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.model.text.PromDuration;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Times and durations as the API's parameters write them, read as Prometheus reads them: numbers
/// as Go's `strconv.ParseFloat`, to the millisecond.
final class ApiTime {
  /// Prometheus's bounds of time, Unix milliseconds: what an absent start or end means.
  static final long MIN_MS = (Long.MIN_VALUE / 1000 + 62_135_596_801L) * 1000;

  static final long MAX_MS = (Long.MAX_VALUE / 1000 - 62_135_596_801L) * 1000 + 999;

  /// How it writes them; the years are too many for a date.
  private static final String MIN_TEXT = "-292273086-05-16T16:47:06Z";

  private static final String MAX_TEXT = "292277025-08-18T07:12:54.999999999Z";

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

  private ApiTime() {}

  /// Unix seconds with decimals, or RFC 3339; `absentMs` where the parameter is absent.
  static long timeMs(Form form, String parameter, long absentMs) {
    String text = form.get(parameter);
    if (text.isEmpty()) {
      return absentMs;
    }
    OptionalLong ms = parseTimeMs(text);
    if (ms.isEmpty()) {
      throw ApiException.badData(
          parameter, "invalid time value for '" + parameter + "': " + noTime(text));
    }
    return ms.getAsLong();
  }

  /// The same for a parameter that must be there.
  static long timeMs(Form form, String parameter) {
    String text = form.get(parameter);
    OptionalLong ms = parseTimeMs(text);
    if (ms.isEmpty()) {
      throw ApiException.badData(parameter, noTime(text));
    }
    return ms.getAsLong();
  }

  private static String noTime(String text) {
    return "cannot parse " + LabelNames.quote(text) + " to a valid timestamp";
  }

  private static OptionalLong parseTimeMs(String text) {
    OptionalDouble number = number(text);
    if (number.isPresent()) {
      return numberMs(number.getAsDouble());
    }
    if (RFC_3339.matcher(text).matches()) {
      try {
        return OptionalLong.of(OffsetDateTime.parse(text).toInstant().toEpochMilli());
      } catch (DateTimeException e) {
        return OptionalLong.empty(); // a 31st of June
      }
    }
    return switch (text) {
      case MIN_TEXT -> OptionalLong.of(MIN_MS);
      case MAX_TEXT -> OptionalLong.of(MAX_MS);
      default -> OptionalLong.empty();
    };
  }

  /// Whole seconds and the rest apart, the rest rounded to a millisecond: as Prometheus does it.
  private static OptionalLong numberMs(double seconds) {
    if (!(seconds * 1000 >= MIN_MS && seconds * 1000 <= MAX_MS)) {
      return OptionalLong.empty();
    }
    long whole = (long) seconds;
    double rest = seconds - whole;
    double thousandths = Math.copySign(Math.floor(Math.abs(rest) * 1000 + 0.5), rest) / 1000;
    long nanos = (long) (thousandths * 1e9);
    return OptionalLong.of(whole * 1000 + Math.floorDiv(nanos, 1_000_000L));
  }

  /// Seconds with decimals, or a duration as `1m30s`; in nanoseconds.
  static long durationNanos(Form form, String parameter) {
    String text = form.get(parameter);
    OptionalDouble number = number(text);
    if (number.isPresent()) {
      double nanos = number.getAsDouble() * 1e9;
      if (nanos > Long.MAX_VALUE || nanos < Long.MIN_VALUE) {
        throw ApiException.badData(parameter, noDuration(text) + ". It overflows int64");
      }
      return Double.isNaN(nanos) ? Long.MIN_VALUE : (long) nanos;
    }
    OptionalLong ms = PromDuration.parse(text);
    if (ms.isEmpty()) {
      throw ApiException.badData(parameter, noDuration(text));
    }
    return ms.getAsLong() * 1_000_000;
  }

  private static String noDuration(String text) {
    return "cannot parse " + LabelNames.quote(text) + " to a valid duration";
  }

  /// Java would also read suffixes, and Go's infinities are spelled otherwise.
  private static OptionalDouble number(String text) {
    String unsigned = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
    double sign = text.startsWith("-") ? -1 : 1;
    return switch (unsigned.toLowerCase(Locale.ROOT)) {
      case "inf", "infinity" -> OptionalDouble.of(sign * Double.POSITIVE_INFINITY);
      case "nan" -> OptionalDouble.of(Double.NaN);
      default -> finite(text);
    };
  }

  private static OptionalDouble finite(String text) {
    boolean hexadecimal = text.toLowerCase(Locale.ROOT).matches("[+-]?0x[0-9a-f.]+p[+-]?[0-9]+");
    if (!hexadecimal
        && (text.isEmpty() || !text.chars().allMatch(c -> "0123456789.+-eE".indexOf(c) >= 0))) {
      return OptionalDouble.empty();
    }
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
