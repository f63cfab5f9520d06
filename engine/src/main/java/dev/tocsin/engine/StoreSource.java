package dev.tocsin.engine;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.store.Samples;
import dev.tocsin.store.Store;
import java.util.ArrayList;
import java.util.List;

/// The series of one tenant, for queries. Any thread.
final class StoreSource implements SeriesSource {
  /// Bytes of a float sample in memory: a native histogram counts as so many as it takes.
  private static final int SAMPLE_BYTES = 16;

  private final Store store;
  private final Tenant tenant;
  private final long samplesMax;

  /// @param samplesMax the most that one selection reads; beyond it the query is refused, since all
  ///   that is read is in memory at once
  StoreSource(Store store, Tenant tenant, long samplesMax) {
    this.store = store;
    this.tenant = tenant;
    this.samplesMax = samplesMax;
  }

  @Override
  public List<SeriesData> select(List<Matcher> matchers, long minTimeMs, long maxTimeMs) {
    List<SeriesData> found = new ArrayList<>();
    long read = 0;
    for (int id : candidates(store, tenant, matchers)) {
      Labels labels = store.labels(id);
      if (accepts(matchers, labels)) {
        Samples samples = store.read(id, minTimeMs, maxTimeMs, histogramBytes(samplesMax - read));
        read += samples == null ? 0 : weight(samples);
        if (samples == null || read > samplesMax) {
          throw new EvalException(
              EvalException.Kind.LIMIT,
              "query processing would load too many samples into memory in query execution");
        }
        if (samples.count() > 0) {
          found.add(
              new SeriesData(
                  labels,
                  samples.timesMs(),
                  samples.values(),
                  samples.histograms(),
                  null,
                  samples.from(),
                  samples.to()));
        }
      }
    }
    return found;
  }

  private static long histogramBytes(long samples) {
    return samples > Long.MAX_VALUE / SAMPLE_BYTES ? Long.MAX_VALUE : samples * SAMPLE_BYTES;
  }

  /// As many floats as take its memory.
  private static long weight(Samples samples) {
    return samples.count() + samples.histogramBytes() / SAMPLE_BYTES;
  }

  static boolean accepts(List<Matcher> matchers, Labels labels) {
    for (int i = 0; i < matchers.size(); i++) {
      if (!matchers.get(i).accepts(labels)) {
        return false;
      }
    }
    return true;
  }

  /// The fewest ids that one label promises; ascending.
  static int[] candidates(Store store, Tenant tenant, List<Matcher> matchers) {
    int[] fewest = null;
    for (Matcher matcher : matchers) {
      if (matcher.kind() == Matcher.Kind.EQUAL && !matcher.value().isEmpty()) {
        int[] ids = store.ids(tenant, matcher.name(), matcher.value());
        if (fewest == null || ids.length < fewest.length) {
          fewest = ids;
        }
      }
    }
    return fewest == null ? store.ids(tenant) : fewest;
  }
}
