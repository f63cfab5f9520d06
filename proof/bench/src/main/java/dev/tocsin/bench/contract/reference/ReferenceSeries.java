package dev.tocsin.bench.contract.reference;

import dev.tocsin.bench.contract.seen.SeriesSeen;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.promql.script.MemorySeries;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the storage is to rules: samples in the order of their times, others are refused. Declared:
/// the reset hints of histograms are those that they came with.
final class ReferenceSeries {
  private final MemorySeries series = new MemorySeries();
  private final Map<Labels, Long> lastMs = new HashMap<>();
  private final Set<Labels> ended = new HashSet<>();

  /// By series and time.
  private final Map<Labels, Map<Long, FloatHistogram>> histograms = new HashMap<>();

  /// Whether its last sample is a stale marker.
  boolean hasEnded(Labels labels) {
    return ended.contains(labels);
  }

  SeriesSource source() {
    return (matchers, minTimeMs, maxTimeMs) ->
        series.select(matchers, minTimeMs, maxTimeMs).stream().map(this::asTheyCame).toList();
  }

  private SeriesData asTheyCame(SeriesData data) {
    Map<Long, FloatHistogram> came = histograms.get(data.labels());
    if (came == null) {
      return data;
    }
    @Nullable FloatHistogram[] all = new @Nullable FloatHistogram[data.timesMs().length];
    for (int i = data.from(); i < data.to(); i++) {
      all[i] = came.get(data.timesMs()[i]);
    }
    return new SeriesData(
        data.labels(), data.timesMs(), data.values(), all, null, data.from(), data.to());
  }

  /// False where it is not newer than the last of its series, and not the same.
  boolean add(Labels labels, long timeMs, double value, @Nullable FloatHistogram histogram) {
    try {
      if (histogram == null) {
        series.add(labels, timeMs, value);
      } else {
        series.add(labels, timeMs, histogram, 0);
      }
    } catch (IllegalArgumentException _) {
      return false;
    }
    if (timeMs > lastMs(labels)) {
      lastMs.put(labels, timeMs);
      if (histogram != null) {
        histograms.computeIfAbsent(labels, _ -> new HashMap<>()).put(timeMs, histogram);
      }
      boolean ends = histogram == null && StaleMarker.is(value);
      if (ends) {
        ended.add(labels);
      } else {
        ended.remove(labels);
      }
    }
    return true;
  }

  /// `Long.MIN_VALUE` where there is none.
  long lastMs(Labels labels) {
    return lastMs.getOrDefault(labels, Long.MIN_VALUE);
  }

  Collection<Labels> all() {
    return lastMs.keySet();
  }

  List<SeriesSeen> seen() {
    return series.select(List.of(), Long.MIN_VALUE, Long.MAX_VALUE).stream()
        .map(SeriesSeen::of)
        .toList();
  }
}
