package dev.tocsin.bench.ingest;

import dev.tocsin.bench.process.ProcessFigures;
import java.time.Duration;
import java.util.Map;

/// What one round showed.
///
/// @param samples taken within the measured time
/// @param cpu of the program meanwhile
/// @param threads processor time meanwhile, by names; empty where threads tell nothing
/// @param residentMaxKib the most memory there ever was
/// @param anonymousKib at the end, what no file backs
/// @param repeated requests that were answered 429 or 503 and sent again, since the start
/// @param sentBytes of a sample as it was sent
/// @param plainBytes of a sample before compression
/// @param stored what the program has, which is what it has taken
public record IngestResult(
    long samples,
    long nanos,
    Duration cpu,
    Map<String, Duration> threads,
    long residentMaxKib,
    long anonymousKib,
    long repeated,
    double sentBytes,
    double plainBytes,
    IngestSubject.Stored stored,
    String note) {
  /// A moment.
  record Mark(long nanos, long samples, ProcessFigures figures, Map<String, Duration> threads) {}

  public double perSecond() {
    return samples * 1e9 / nanos;
  }

  /// Processor seconds of a million samples.
  public double cpuPerMillion() {
    return cpu.toNanos() / 1e3 / samples;
  }

  /// The same of the threads of one name.
  public double cpuPerMillion(String thread) {
    return threads.getOrDefault(thread, Duration.ZERO).toNanos() / 1e3 / samples;
  }
}
