package dev.tocsin.engine.unittest;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;

/// The time at which a test begins: Unix seconds, or RFC 3339.
final class StartTime {
  /// Years 0 to 9999.
  private static final double SECONDS_MAX = 253_402_300_799.0;

  private static final double SECONDS_MIN = -62_167_219_200.0;

  private StartTime() {}

  /// Unix milliseconds; empty where the text is no time, or one beyond the years 0 to 9999.
  static OptionalLong parse(String text) {
    OptionalLong number = seconds(text);
    if (number.isPresent()) {
      return number;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
      double seconds = time.toEpochSecond();
      boolean inRange = seconds >= SECONDS_MIN && seconds <= SECONDS_MAX;
      return inRange ? OptionalLong.of(time.toInstant().toEpochMilli()) : OptionalLong.empty();
    } catch (DateTimeException _) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong seconds(String text) {
    if (!text.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")) {
      return OptionalLong.empty();
    }
    try {
      double seconds = Double.parseDouble(text);
      boolean inRange = seconds >= SECONDS_MIN && seconds <= SECONDS_MAX;
      long whole = (long) seconds;
      long ms = whole * 1000 + Math.floorDiv((long) ((seconds - whole) * 1e9), 1_000_000L);
      return inRange ? OptionalLong.of(ms) : OptionalLong.empty();
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }
}
