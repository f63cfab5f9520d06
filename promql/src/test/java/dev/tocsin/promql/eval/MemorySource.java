package dev.tocsin.promql.eval;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import java.util.ArrayList;
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

  /// @param startMs 0 where it is unknown
  private record Sample(double value, @Nullable FloatHistogram histogram, long startMs) {}

  /// The samples of one series: collected in a map, read as arrays.
  private static final class Samples {
    private final SortedMap<Long, Sample> collected = new TreeMap<>();

    SeriesData between(Labels labels, long minTimeMs, long maxTimeMs) {
      SortedMap<Long, Sample> found = collected.subMap(minTimeMs, maxTimeMs + 1);
      long[] times = found.keySet().stream().mapToLong(Long::longValue).toArray();
      List<Sample> samples = List.copyOf(found.values());
      double[] values = samples.stream().mapToDouble(Sample::value).toArray();
      long[] starts = samples.stream().mapToLong(Sample::startMs).toArray();
      @Nullable FloatHistogram[] histograms = new @Nullable FloatHistogram[times.length];
      boolean floats = true;
      for (int i = 0; i < times.length; i++) {
        histograms[i] = samples.get(i).histogram();
        floats &= histograms[i] == null;
      }
      return new SeriesData(
          labels, times, values, floats ? null : histograms, starts, 0, times.length);
    }
  }

  void clear() {
    series.clear();
  }

  void add(Labels labels, long timeMs, double value) {
    add(labels, timeMs, new Sample(value, null, 0));
  }

  void add(Labels labels, long timeMs, FloatHistogram histogram) {
    add(labels, timeMs, new Sample(Double.NaN, histogram, 0));
  }

  void addStarted(Labels labels, long timeMs, double value, long startMs) {
    add(labels, timeMs, new Sample(value, null, startMs));
  }

  private void add(Labels labels, long timeMs, Sample sample) {
    series.computeIfAbsent(labels, _ -> new Samples()).collected.put(timeMs, sample);
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
