package dev.tocsin.bench.load;

import dev.tocsin.model.labels.Labels;
import java.util.List;

/// One series of the load and its course: gauges swing around a level between 10 and 60, counters
/// grow by 5 to 10 a second (few of it errors), histograms get ten observations a second, nearly
/// all of them below 0.5 s. Not thread-safe.
final class LoadSeries {
  private static final List<String> CODES = List.of("200", "404", "500", "503");
  private static final List<String> BOUNDS =
      List.of("0.005", "0.01", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "10", "+Inf");
  private static final double[] SHARES = {0.02, 0.1, 0.5, 0.7, 0.9, 0.995, 0.999, 1, 1, 1};

  private final LoadKind kind;
  private final int family;
  private final int member;
  private long noise;
  private double value;

  /// @param number among all series of the load
  LoadSeries(int number) {
    this.family = number / LoadPlan.FAMILY_SERIES;
    this.member = number % LoadPlan.FAMILY_SERIES;
    this.kind = LoadKind.of(family);
    this.noise = number * 0x9e3779b97f4a7c15L + 1;
  }

  Labels labels() {
    return switch (kind) {
      case GAUGE -> labels(member, "shard", "shard-" + member % 8);
      case COUNTER -> labels(member / CODES.size(), "code", CODES.get(member % CODES.size()));
      case BUCKET -> labels(member / BOUNDS.size(), "le", BOUNDS.get(member % BOUNDS.size()));
    };
  }

  private Labels labels(int host, String name, String value) {
    return Labels.of(
        "__name__",
        kind.metric(family),
        "cluster",
        "eu-west-1",
        "environment",
        "production",
        "instance",
        "host-" + host + ":9100",
        "job",
        "job-" + host % 20,
        name,
        value);
  }

  /// The next value, so many seconds after the one before.
  double advance(int seconds) {
    noise ^= noise << 13;
    noise ^= noise >>> 7;
    noise ^= noise << 17;
    double chance = (noise >>> 11) * 0x1p-53;
    switch (kind) {
      case GAUGE -> value = 10 + (member * 31 + family * 17) % 50 + Math.floor(chance * 60) / 10;
      case COUNTER -> {
        boolean mostly = member % CODES.size() == 0;
        value += mostly ? seconds * 5L + (long) (chance * 5 * seconds) : chance < 0.02 ? 1 : 0;
      }
      case BUCKET -> value += 10 * seconds;
    }
    return kind == LoadKind.BUCKET ? Math.floor(value * SHARES[member % SHARES.length]) : value;
  }
}
