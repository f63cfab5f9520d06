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
import java.util.function.Predicate;

/// The series of one tenant, for queries. Any thread.
final class StoreSource implements SeriesSource {
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
    long[] read = {0};
    forEach(
        matchers,
        minTimeMs,
        maxTimeMs,
        data -> {
          read[0] += data.count();
          if (read[0] > samplesMax) {
            throw new EvalException(
                EvalException.Kind.LIMIT,
                "query processing would load too many samples into memory in query execution");
          }
          return found.add(data);
        });
    return found;
  }

  @Override
  public void forEach(
      List<Matcher> matchers, long minTimeMs, long maxTimeMs, Predicate<SeriesData> visitor) {
    for (int id : candidates(store, tenant, matchers)) {
      Labels labels = store.labels(id);
      if (!accepts(matchers, labels)) {
        continue;
      }
      Samples samples = store.read(id, minTimeMs, maxTimeMs);
      if (samples.count() > 0
          && !visitor.test(
              new SeriesData(
                  labels, samples.timesMs(), samples.values(), samples.from(), samples.to()))) {
        return;
      }
    }
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
