package dev.tocsin.bench.ingest;

/// What is sent to each program.
///
/// @param series in requests of that many samples, one of each
/// @param connections that send at the same time
/// @param warmUpSeconds of the same load that are not counted
/// @param seconds that are
/// @param samplesPerSecond of all connections together; 0: as fast as it is taken
public record IngestPlan(
    int series,
    int samplesPerRequest,
    int connections,
    int warmUpSeconds,
    int seconds,
    int samplesPerSecond) {
  /// Between two samples of a series. Short enough that a minute at three million samples a second
  /// fits into an hour.
  static final long STEP_MS = 1_000;

  /// How far back the first samples are.
  static final long BACK_MS = 2 * 3_600_000L;

  /// Throws [IllegalArgumentException] where the series are no whole requests.
  public IngestPlan {
    if (series % samplesPerRequest != 0 || series / samplesPerRequest < connections) {
      throw new IllegalArgumentException(
          series
              + " series are not whole requests of "
              + samplesPerRequest
              + " for "
              + connections
              + " connections");
    }
  }
}
