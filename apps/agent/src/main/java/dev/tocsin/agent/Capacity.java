package dev.tocsin.agent;

import dev.tocsin.agent.config.StorageConfig;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.store.StoreLimits;

/// How much this process may remember, by the heap it was given: beyond these it refuses, so that
/// it never runs out of memory. At the shipped 48 MB: 65,536 series and 8 MB of history.
///
/// @param seriesMax series at once; further ones are refused (`series_limit`)
/// @param namesBytesMax of all series; beyond it further ones are refused (`series_limit`)
/// @param historyBytesMax compressed history; beyond it the oldest goes
/// @param windowBytesMax the newest samples, raw: what rules over ranges read without unpacking
/// @param decodedBytesMax one body of samples, decompressed; a larger one is answered 413
/// @param bodiesBytesMax all bodies of samples at once; beyond it senders are told to come again
record Capacity(
    int seriesMax,
    long namesBytesMax,
    long historyBytesMax,
    long windowBytesMax,
    int decodedBytesMax,
    long bodiesBytesMax) {
  private static final long KIB = 1 << 10;

  /// Bytes of heap per series. It takes about 250 (ten labels whose values others have too) to 300
  /// (one value that is its own), see the load case `series-memory`; the rest is for the history,
  /// what rules remember, requests and queries.
  private static final long SERIES_BYTES = 768;

  /// Bodies decoded at once: as many as processors, two at least, as far as the budget of bodies
  /// has room for the buffers they keep.
  int decoders() {
    int byMemory = (int) (bodiesBytesMax / (2 * KIB * KIB));
    return Math.clamp(Math.min(Runtime.getRuntime().availableProcessors(), byMemory), 2, 8);
  }

  /// Samples one query of a rule may hold; beyond it the rule fails. At the shipped 48 MB: 419,430,
  /// which take 7 MB, and up to 27 MB while they are gathered.
  static long ruleSamplesMax(long heapBytes) {
    return Math.clamp(heapBytes / 120, 100_000, Integer.MAX_VALUE);
  }

  /// Of a budget for all series in bytes, as much as a heap has room for at most.
  ///
  /// @throws StartException where it has not
  static Capacity of(long heapBytes, StorageConfig storage) {
    Capacity most = ofHeap(heapBytes);
    long budget = storage.memoryBytes();
    if (budget > heapBytes * 8 / 15) {
      throw new StartException(
          "storage.memory_mebibytes is %d: a heap of %d MiB has room for %d. Give it more with TOCSIN_JAVA_OPTIONS=-Xmx%dm, or remember less."
              .formatted(
                  budget >> 20,
                  heapBytes >> 20,
                  (heapBytes * 8 / 15) >> 20,
                  Math.ceilDiv(budget * 15 / 8, KIB * KIB)));
    }
    int byMemory =
        budget == 0
            ? most.seriesMax
            : Math.clamp(budget * 15 / 8 / SERIES_BYTES, 1000, most.seriesMax);
    int series = storage.seriesMax() == 0 ? byMemory : Math.min(storage.seriesMax(), byMemory);
    return new Capacity(
        series,
        budget == 0 ? most.namesBytesMax : budget * 3 / 8,
        budget == 0 ? most.historyBytesMax : budget * 5 / 16,
        budget == 0 ? most.windowBytesMax : budget * 5 / 16,
        most.decodedBytesMax,
        most.bodiesBytesMax);
  }

  static Capacity ofHeap(long heapBytes) {
    int series = Math.clamp(heapBytes / SERIES_BYTES, 1000, Limits.SERIES_MAX);
    long names = Math.clamp(heapBytes / 5, KIB * KIB, Limits.SERIES_NAMES_BYTES_MAX);
    long history = Math.max(2 * KIB * KIB, heapBytes / 6);
    long windows = Math.max(StoreLimits.WINDOW_BYTES, heapBytes / 6);
    int decoded = (int) Math.clamp(heapBytes / 8, KIB * KIB, Limits.BODY_DECODED_BYTES_MAX);
    long bodies = Math.clamp(heapBytes / 3, 2 * KIB * KIB, 16 * KIB * KIB);
    return new Capacity(series, names, history, windows, decoded, bodies);
  }
}
