package dev.tocsin.engine.unittest;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.promql.script.HintsAtRest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives native histograms the counter reset hints that Prometheus's storage gives them: test files
/// expect them. They follow from all samples before, so those are read too.
///
/// @param plain the source with hints as written
record HintedSource(SeriesSource plain) implements SeriesSource {
  @Override
  public List<SeriesData> select(List<Matcher> matchers, long minTimeMs, long maxTimeMs) {
    List<SeriesData> found = plain.select(matchers, minTimeMs, maxTimeMs);
    if (found.stream().allMatch(data -> data.histograms() == null)) {
      return found;
    }
    List<SeriesData> hinted = new ArrayList<>(found.size());
    for (SeriesData data : plain.select(matchers, Long.MIN_VALUE, maxTimeMs)) {
      SeriesData cut = hinted(data, minTimeMs);
      if (cut.count() > 0) {
        hinted.add(cut);
      }
    }
    return hinted;
  }

  private static SeriesData hinted(SeriesData data, long minTimeMs) {
    int from = data.from();
    while (from < data.to() && data.timesMs()[from] < minTimeMs) {
      from++;
    }
    return new SeriesData(
        data.labels(),
        data.timesMs(),
        data.values(),
        hinted(data),
        data.startTimesMs(),
        from,
        data.to());
  }

  private static @Nullable FloatHistogram @Nullable [] hinted(SeriesData data) {
    @Nullable FloatHistogram @Nullable [] written = data.histograms();
    if (written == null) {
      return null;
    }
    HintsAtRest hints = new HintsAtRest();
    @Nullable FloatHistogram[] hinted = new @Nullable FloatHistogram[written.length];
    for (int i = data.from(); i < data.to(); i++) {
      hinted[i] = hints.stored(written[i]);
    }
    return hinted;
  }
}
