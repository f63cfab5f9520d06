package dev.tocsin.model.text;

import java.util.OptionalLong;

/// Durations as Prometheus writes them: `1h30m`, `15s`, `0`. Units `y w d h m s ms` from large to
/// small, each at most once; a year has 365 days. Source: prometheus/common, model/time.go.
public final class PromDuration {
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] UNIT_MS = {
    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1000L, 1L
  };

  /// Nanoseconds in a long: what Go's time.Duration can hold.
  private static final long MS_MAX = Long.MAX_VALUE / 1_000_000;

  private PromDuration() {}

  /// Milliseconds, or empty where the text is not a duration.
  public static OptionalLong parse(String text) {
    if (text.equals("0")) {
      return OptionalLong.of(0);
    }
    int at = 0;
    int nextUnit = 0;
    long total = 0;
    while (at < text.length()) {
      int digits = at;
      while (digits < text.length() && isDigit(text.charAt(digits))) {
        digits++;
      }
      if (digits == at || digits - at > 18) {
        return OptionalLong.empty();
      }
      int unit = unitAt(text, digits);
      if (unit < nextUnit) {
        return OptionalLong.empty();
      }
      long number = Long.parseLong(text.substring(at, digits));
      if (number > MS_MAX / UNIT_MS[unit] || total > MS_MAX - number * UNIT_MS[unit]) {
        return OptionalLong.empty();
      }
      total += number * UNIT_MS[unit];
      nextUnit = unit + 1;
      at = digits + UNITS[unit].length();
    }
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(total);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int unitAt(String text, int at) {
    if (text.startsWith("ms", at)) {
      return UNITS.length - 1;
    }
    for (int unit = 0; unit < UNITS.length - 1; unit++) {
      if (text.startsWith(UNITS[unit], at)) {
        return unit;
      }
    }
    return -1;
  }

  /// As Prometheus prints it: `90s` is `1m30s`; weeks and years only where nothing is left over.
  public static String format(long ms) {
    if (ms == 0) {
      return "0s";
    }
    StringBuilder out = new StringBuilder();
    long rest = Math.abs(ms);
    if (ms < 0) {
      out.append('-');
    }
    for (int unit = 0; unit < UNITS.length; unit++) {
      boolean exactOnly = unit < 2;
      if (exactOnly && rest % UNIT_MS[unit] != 0) {
        continue;
      }
      long number = rest / UNIT_MS[unit];
      if (number > 0) {
        out.append(number).append(UNITS[unit]);
        rest -= number * UNIT_MS[unit];
      }
    }
    return out.toString();
  }
}
