package dev.tocsin.engine.stream;

import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.store.Samples;
import dev.tocsin.store.Store;
import java.util.List;

/// A series as the evaluator takes it, with samples that the store lends. Engine's thread.
public final class LentSeries {
  private LentSeries() {}

  /// Adds the series with its samples in `[minTimeMs, maxTimeMs]`, where it has some.
  ///
  /// @param newest whether the newest of them is enough: most often that is the last of the series,
  ///   which is at hand, and the compressed ones before it need not be read
  public static void add(
      List<SeriesData> found, Store store, int id, long minTimeMs, long maxTimeMs, boolean newest) {
    long lastMs = store.lastTimeMs(id);
    if (lastMs < minTimeMs) {
      return;
    }
    long fromMs = newest && lastMs <= maxTimeMs ? lastMs : minTimeMs;
    Samples samples = store.lend(id, fromMs, maxTimeMs);
    if (samples.count() > 0) {
      found.add(
          new SeriesData(
              store.labels(id),
              samples.timesMs(),
              samples.values(),
              samples.histograms(),
              null,
              samples.from(),
              samples.to()));
    }
  }
}
