package dev.tocsin.bench.latency;

import dev.tocsin.bench.process.ProcessFigures;
import dev.tocsin.bench.report.Percentiles;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What one round found.
///
/// @param toWebhook from the sample's timestamp to the webhook's arrival, in nanoseconds
/// @param heldToWebhook of alerts with `for`: from `ActiveAt` + `for` to the webhook's arrival, in
///   nanoseconds; empty where there are none
/// @param toAnswer from sending a write to its answer, in nanoseconds
/// @param refused writes that were not answered 2xx
/// @param duplicates messages that told an alert once more
/// @param lateMs how far the sender fell behind its pace at most
/// @param load how the load beside it went
/// @param cpu what the subject's processes used for the measured alerts
/// @param took how long the measured part took
/// @param figures of the subject's processes at the end
/// @param threads of the subject: what each used meanwhile, by name
/// @param idleCores processor time for each second once the load had stopped; empty where that was
///   not measured
/// @param stages by name, in order: nanoseconds between two stages, where the messages tell them
/// @param note what the subject says of itself, and whether the receiver failed it; may be empty
public record RoundResult(
    Percentiles toWebhook,
    Optional<Percentiles> heldToWebhook,
    Percentiles toAnswer,
    int refused,
    int duplicates,
    long lateMs,
    LoadResult load,
    Duration cpu,
    Duration took,
    ProcessFigures figures,
    Map<String, Duration> threads,
    OptionalDouble idleCores,
    Map<String, Percentiles> stages,
    String note) {
  /// How the load went.
  ///
  /// @param accepted samples in writes that were answered 2xx
  /// @param refused samples in other writes
  /// @param lateMs how far behind its pace a write was at most
  public record LoadResult(long accepted, long refused, long lateMs) {}

  /// Processor time of the subject for each second, 1 for a whole core.
  public double cores() {
    return cores(cpu);
  }

  /// The same of one thread; 0 where there is none of that name.
  public double cores(String thread) {
    return cores(threads.getOrDefault(thread, Duration.ZERO));
  }

  private double cores(Duration used) {
    return used.toNanos() / (double) took.toNanos();
  }

  /// Samples of the load that were taken in a second.
  public double acceptedPerSecond() {
    return load.accepted() * 1e9 / took.toNanos();
  }
}
