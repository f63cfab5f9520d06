package dev.tocsin.bench.fuzz.data;

import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import java.util.ArrayList;
import java.util.List;

/// Series in memory. Answers with exactly the samples asked for, so that asking for too little
/// shows.
public record SeriesSet(List<SeriesData> series) implements SeriesSource {
  public SeriesSet {
    series = List.copyOf(series);
  }

  @Override
  public List<SeriesData> select(List<Matcher> matchers, long minTimeMs, long maxTimeMs) {
    List<SeriesData> found = new ArrayList<>();
    for (SeriesData each : series) {
      if (matchers.stream().allMatch(matcher -> matcher.accepts(each.labels()))) {
        found.add(between(each, minTimeMs, maxTimeMs));
      }
    }
    return found;
  }

  /// The samples within both times, both included.
  public static SeriesData between(SeriesData data, long minTimeMs, long maxTimeMs) {
    int from = data.from();
    while (from < data.to() && data.timesMs()[from] < minTimeMs) {
      from++;
    }
    int to = data.to();
    while (to > from && data.timesMs()[to - 1] > maxTimeMs) {
      to--;
    }
    return new SeriesData(
        data.labels(),
        data.timesMs(),
        data.values(),
        data.histograms(),
        data.startTimesMs(),
        from,
        to);
  }
}
