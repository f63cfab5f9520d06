package dev.tocsin.deliver.destination;

import dev.tocsin.world.net.HttpCalling.HttpOutcome;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/// What a destination made of a request.
public sealed interface Answer {
  /// Longest Retry-After that is honoured; a longer one counts as this, since a page must leave.
  long RETRY_AFTER_MS_MAX = 300_000;

  /// It took it.
  record Accepted() implements Answer {}

  /// Not now.
  ///
  /// @param notBeforeMs how long it asked to be left alone, in milliseconds; 0: it did not say
  record Again(long notBeforeMs, String reason) implements Answer {}

  /// Never: repeating it cannot help.
  record Refused(String reason) implements Answer {}

  /// @param nowMs Unix milliseconds, for a Retry-After that is a date
  static Answer of(HttpOutcome outcome, long nowMs) {
    return switch (outcome) {
      case HttpOutcome.Failed(String reason) -> new Again(0, reason);
      case HttpOutcome.Answered(int status, Map<String, String> headers, byte[] _) -> {
        if (status >= 200 && status < 300) {
          yield new Accepted();
        }
        String reason = "answered " + status;
        // The body is not repeated: some receivers echo the request, secrets included.
        boolean again = status == 429 || status >= 500;
        yield again ? new Again(retryAfterMs(headers, nowMs), reason) : new Refused(reason);
      }
    };
  }

  private static long retryAfterMs(Map<String, String> headers, long nowMs) {
    String text = headers.getOrDefault("retry-after", "").strip();
    if (text.isEmpty()) {
      return 0;
    }
    boolean seconds = text.chars().allMatch(c -> c >= '0' && c <= '9');
    long ms = seconds ? secondsMs(text) : untilMs(text, nowMs);
    return Math.clamp(ms, 0, RETRY_AFTER_MS_MAX);
  }

  private static long secondsMs(String digits) {
    return digits.length() > 9 ? RETRY_AFTER_MS_MAX : Long.parseLong(digits) * 1000;
  }

  private static long untilMs(String date, long nowMs) {
    try {
      ZonedDateTime when = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
      return when.toInstant().toEpochMilli() - nowMs;
    } catch (DateTimeException e) {
      return 0;
    }
  }
}
