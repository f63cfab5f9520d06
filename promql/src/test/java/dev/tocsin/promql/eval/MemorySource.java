package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Series in memory. Gives no sample outside of the times asked for, so that asking for too little
/// is seen; counts what it is asked.
final class MemorySource implements SeriesSource {
  private final Map<Labels, Samples> series = new LinkedHashMap<>();
  private int selections;

  /// The samples of one series: collected in a map, read as arrays.
  private static final class Samples {
    private final SortedMap<Long, Double> collected = new TreeMap<>();
    private long @Nullable [] times;
    private double[] values = {};

    void add(long timeMs, double value) {
      collected.put(timeMs, value);
      times = null;
    }

    SeriesData between(Labels labels, long minTimeMs, long maxTimeMs) {
      long[] all = times;
      if (all == null) {
        all = collected.keySet().stream().mapToLong(Long::longValue).toArray();
        values = collected.values().stream().mapToDouble(Double::doubleValue).toArray();
        times = all;
      }
      int from = firstFrom(all, minTimeMs);
      int to = Math.max(from, firstFrom(all, maxTimeMs + 1));
      return new SeriesData(labels, all, values, from, to);
    }

    private static int firstFrom(long[] times, long timeMs) {
      int found = Arrays.binarySearch(times, timeMs);
      return found >= 0 ? found : -found - 1;
    }
  }

  void clear() {
    series.clear();
  }

  void add(Labels labels, long timeMs, double value) {
    series.computeIfAbsent(labels, _ -> new Samples()).add(timeMs, value);
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
          if (matchers.stream().allMatch(matcher -> matcher.accepts(labels))) {
            found.add(samples.between(labels, minTimeMs, maxTimeMs));
          }
        });
    return found;
  }
}
