package dev.tocsin.bench.fuzz.query;

import java.util.List;
import java.util.SplittableRandom;

/// The words that random queries are made of. Names and labels are those of the random series, so
/// that most selectors find something.
public final class Vocabulary {
  /// Seconds since the epoch at which the random series begin.
  public static final long BEGIN_SECONDS = 1_700_000_000;

  /// How long the random series last.
  public static final long LENGTH_SECONDS = 3600;

  public static final String COUNTER = "requests_total";
  public static final String GAUGE = "temperature";

  /// Values that are hardly ever met: infinities, NaN, zeros of both signs, the smallest and the
  /// largest.
  public static final String ODD = "odd";

  /// A classic histogram.
  public static final String CLASSIC = "latency_bucket";

  /// A native histogram.
  public static final String NATIVE = "latency";

  /// Floats and native histograms by turns.
  public static final String MIXED = "mixed";

  public static final String INFO = "target_info";

  /// A name that needs quotes.
  public static final String QUOTED = "room.temperature";

  static final List<String> METRICS =
      List.of(COUNTER, GAUGE, ODD, CLASSIC, NATIVE, MIXED, INFO, "nothing", "sum", "by", "offset");

  static final List<String> LABELS =
      List.of("job", "instance", "code", "le", "__name__", "zone", "\"geo.zone\"", "on");

  static final List<String> VALUES =
      List.of("api", "web", "a:1", "b:2", "200", "500", "+Inf", "0.5", "", "é", "x\\ty");

  static final List<String> PATTERNS =
      List.of(".*", ".+", "a.*", "api|web", "5..", "[0-9]+", "", "(a|b):([0-9])", "\\\\d+", "^a$");

  static final List<String> RANGES =
      List.of("15s", "30s", "1m", "90s", "5m", "10m", "1h", "7m30s", "300", "1ms", "14s999ms");

  static final List<String> STEPS = List.of("", "", "15s", "30s", "1m", "7s", "5m", "1h", "60");

  static final List<String> OFFSETS =
      List.of("15s", "1m", "5m", "-1m", "-15s", "0s", "1h", "30", "-0.5", "1ms");

  static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "2",
          "3",
          "10",
          "0.5",
          "-1",
          "1e3",
          "Inf",
          "-Inf",
          "NaN",
          "0x1F",
          "1_000",
          "5m",
          "1e-9",
          "1e308",
          "4.9e-324",
          "0.9",
          "0.99",
          "010",
          "100",
          "1.5");

  private Vocabulary() {}

  static <T> T any(SplittableRandom chance, List<T> of) {
    return of.get(chance.nextInt(of.size()));
  }
}
