package dev.tocsin.agent.api;

import dev.tocsin.model.text.PromDuration;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.OptionalLong;

/// Times and durations as the API's parameters write them.
final class ApiTime {
  /// Times beyond are of no use and would overflow sums of milliseconds.
  private static final double SECONDS_MAX = 9_223_372_036_854.0;

  private ApiTime() {}

  /// Unix seconds with decimals, or RFC 3339; `absentMs` where the parameter is absent.
  static long timeMs(Form form, String parameter, long absentMs) {
    String text = form.get(parameter);
    return text.isEmpty() ? absentMs : timeMs(form, parameter);
  }

  static long timeMs(Form form, String parameter) {
    String text = form.get(parameter);
    OptionalLong number = secondsMs(text);
    if (number.isPresent()) {
      return number.getAsLong();
    }
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw ApiException.badData(parameter, "cannot parse \"" + text + "\" to a valid timestamp");
    }
  }

  /// Seconds with decimals, or a duration as `1m30s`.
  static long durationMs(Form form, String parameter) {
    String text = form.get(parameter);
    OptionalLong number = secondsMs(text);
    OptionalLong ms = number.isPresent() ? number : PromDuration.parse(text);
    if (ms.isEmpty()) {
      throw ApiException.badData(parameter, "cannot parse \"" + text + "\" to a valid duration");
    }
    return ms.getAsLong();
  }

  private static OptionalLong secondsMs(String text) {
    // Java would also read suffixes and hexadecimals.
    if (text.isEmpty() || !text.chars().allMatch(c -> "0123456789.+-eE".indexOf(c) >= 0)) {
      return OptionalLong.empty();
    }
    try {
      double seconds = Double.parseDouble(text);
      boolean usable = Math.abs(seconds) <= SECONDS_MAX;
      return usable ? OptionalLong.of(Math.round(seconds * 1000)) : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
