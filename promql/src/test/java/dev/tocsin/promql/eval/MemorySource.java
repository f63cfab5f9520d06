package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Series in memory. Gives no sample outside of the times asked for, so that asking for too little
/// is seen; counts what it is asked.
final class MemorySource implements SeriesSource {
  private final Map<Labels, NavigableMap<Long, Double>> series = new LinkedHashMap<>();
  private int selections;

  void clear() {
    series.clear();
  }

  void add(Labels labels, long timeMs, double value) {
    series.computeIfAbsent(labels, _ -> new TreeMap<>()).put(timeMs, value);
  }

  /// Values every `stepMs` from 0 on.
  MemorySource with(Labels labels, long stepMs, double... values) {
    for (int i = 0; i < values.length; i++) {
      add(labels, i * stepMs, values[i]);
    }
    return this;
  }

  int selections() {
    return selections;
  }

  @Override
  public List<SeriesData> select(List<Matcher> matchers, long minTimeMs, long maxTimeMs) {
    selections++;
    List<SeriesData> found = new ArrayList<>();
    series.forEach(
        (labels, samples) -> {
          if (matchers.stream().allMatch(matcher -> matcher.accepts(labels))
              && minTimeMs <= maxTimeMs) {
            NavigableMap<Long, Double> part = samples.subMap(minTimeMs, true, maxTimeMs, true);
            long[] times = part.keySet().stream().mapToLong(Long::longValue).toArray();
            double[] values = part.values().stream().mapToDouble(Double::doubleValue).toArray();
            found.add(new SeriesData(labels, times, values, 0, times.length));
          }
        });
    return found;
  }
}
