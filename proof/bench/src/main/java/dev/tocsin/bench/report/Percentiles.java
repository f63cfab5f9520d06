package dev.tocsin.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/// Percentiles of one round by nearest rank. What never came counts as [#NEVER], the longest of
/// all.
public record Percentiles(long p50, long p90, long p99, long max, int count, int lost) {
  public static final long NEVER = Long.MAX_VALUE;

  public static Percentiles of(long[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    int lost = (int) Arrays.stream(sorted).filter(v -> v == NEVER).count();
    return new Percentiles(
        rank(sorted, 50),
        rank(sorted, 90),
        rank(sorted, 99),
        rank(sorted, 100),
        values.length,
        lost);
  }

  private static long rank(long[] sorted, int percent) {
    int rank = (int) (((long) sorted.length * percent + 99) / 100);
    return sorted[Math.max(1, rank) - 1];
  }

  /// The median round of each percentile by itself; counts are summed.
  public static Percentiles medianOf(List<Percentiles> rounds) {
    return new Percentiles(
        median(rounds, Percentiles::p50),
        median(rounds, Percentiles::p90),
        median(rounds, Percentiles::p99),
        median(rounds, Percentiles::max),
        rounds.stream().mapToInt(Percentiles::count).sum(),
        rounds.stream().mapToInt(Percentiles::lost).sum());
  }

  private static long median(List<Percentiles> rounds, ToLongFunction<Percentiles> part) {
    return median(rounds.stream().mapToLong(part).toArray());
  }

  /// The middle value; of an even number the lower of the two.
  public static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) / 2];
  }
}
