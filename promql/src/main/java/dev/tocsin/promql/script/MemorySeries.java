package dev.tocsin.promql.script;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Series held in memory, for scripts, tests and whoever uses queries as a library. Samples of one
/// series are added in the order of their times.
///
/// Counter reset hints of histograms read back as from Prometheus's storage: what is written only
/// decides whether a run of histograms goes on.
///
/// Not thread-safe; what [#select] returned must not be used after an addition.
public final class MemorySeries implements SeriesSource {
  private final Map<Labels, MemoryTrack> tracks = new LinkedHashMap<>();

  /// Adds a float; `value` may be the stale marker. Throws [IllegalArgumentException] where the
  /// series has a later sample, or another one at the same time.
  ///
  /// @param timeMs Unix milliseconds
  public void add(Labels labels, long timeMs, double value) {
    add(labels, timeMs, value, 0);
  }

  /// The same.
  ///
  /// @param startMs since when the value has been counting; Unix milliseconds, 0 where unknown
  public void add(Labels labels, long timeMs, double value, long startMs) {
    track(labels).add(timeMs, value, null, startMs);
  }

  /// Adds a native histogram, otherwise as a float. Throws [IllegalArgumentException] also where it
  /// makes no sense in itself.
  public void add(Labels labels, long timeMs, FloatHistogram histogram, long startMs) {
    histogram.validate();
    track(labels).add(timeMs, Double.NaN, histogram, startMs);
  }

  private MemoryTrack track(Labels labels) {
    return tracks.computeIfAbsent(labels, MemoryTrack::new);
  }

  /// Forgets all.
  public void clear() {
    tracks.clear();
  }

  /// No sample outside of the times asked for is among the result.
  @Override
  public List<SeriesData> select(List<Matcher> matchers, long minTimeMs, long maxTimeMs) {
    List<SeriesData> found = new ArrayList<>();
    for (Map.Entry<Labels, MemoryTrack> entry : tracks.entrySet()) {
      if (acceptedByAll(matchers, entry.getKey())) {
        found.add(entry.getValue().between(minTimeMs, maxTimeMs));
      }
    }
    return found;
  }

  private static boolean acceptedByAll(List<Matcher> matchers, Labels labels) {
    for (Matcher matcher : matchers) {
      if (!matcher.accepts(labels)) {
        return false;
      }
    }
    return true;
  }
}
