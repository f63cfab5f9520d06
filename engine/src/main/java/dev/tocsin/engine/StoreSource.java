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
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// The series of one tenant, for one query. One thread, any.
final class StoreSource implements SeriesSource {
  /// A series read counts as so many samples more: its labels and its place in the query take that
  /// much memory, whatever it has.
  static final int SERIES_SAMPLES = 16;

  private final Store store;
  private final Tenant tenant;
  private final long samplesMax;
  private final BooleanSupplier cancelled;
  private long read;

  /// @param samplesMax the most that all selections of the query read; beyond it the query is
  ///   refused, since all that is read is in memory at once
  StoreSource(Store store, Tenant tenant, long samplesMax, BooleanSupplier cancelled) {
    this.cancelled = cancelled;
    this.store = store;
    this.tenant = tenant;
    this.samplesMax = samplesMax;
  }

  @Override
  public List<SeriesData> select(List<Matcher> matchers, long minTimeMs, long maxTimeMs) {
    List<SeriesData> found = new ArrayList<>();
    forEach(
        matchers,
        minTimeMs,
        maxTimeMs,
        data -> {
          read += data.count() + SERIES_SAMPLES;
          if (read > samplesMax) {
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
      poll(cancelled);
      Labels labels = store.labels(id);
      if (!accepts(matchers, labels, () -> poll(cancelled))) {
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

  /// Matching and reading take their time: a regular expression on a long value, a long history.
  static void poll(BooleanSupplier cancelled) {
    if (cancelled.getAsBoolean()) {
      throw new EvalException(
          EvalException.Kind.CANCELED, "query was canceled in expression evaluation");
    }
  }

  /// @param poll called again and again while a regular expression looks at a long value
  static boolean accepts(List<Matcher> matchers, Labels labels, Runnable poll) {
    for (int i = 0; i < matchers.size(); i++) {
      Matcher matcher = matchers.get(i);
      if (!matcher.accepts(labels.get(matcher.name()), poll)) {
        return false;
      }
    }
    return true;
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
