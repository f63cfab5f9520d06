package dev.tocsin.engine;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.store.Store;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// Finds the series of one tenant, without their samples. Any thread.
public final class SeriesSearch {
  /// So many samples a series counts for that a query reads or finds.
  public static final int SERIES_SAMPLES = StoreSource.SERIES_SAMPLES;

  private final Store store;
  private final Tenant tenant;
  private final BooleanSupplier cancelled;

  SeriesSearch(Store store, Tenant tenant, BooleanSupplier cancelled) {
    this.store = store;
    this.tenant = tenant;
    this.cancelled = cancelled;
  }

  /// Of all series; sorted.
  public List<String> labelNames() {
    return store.labelNames(tenant);
  }

  /// Of all series; sorted.
  public List<String> labelValues(String name) {
    return store.labelValues(tenant, name);
  }

  /// How many series there are.
  public int count() {
    return store.ids(tenant).length;
  }

  /// How many series have this label.
  public int count(String name, String value) {
    return store.ids(tenant, name, value).length;
  }

  /// Throws where the search is cancelled.
  public void poll() {
    StoreSource.poll(cancelled);
  }

  /// Gives the series that every matcher accepts and that may have samples in `[minMs, maxMs]`
  /// (Unix milliseconds, see [Store#mayHaveSamples]), in the order of their creation, until the
  /// visitor answers false.
  public void forEach(List<Matcher> matchers, long minMs, long maxMs, Predicate<Labels> visitor) {
    for (int id : StoreSource.candidates(store, tenant, matchers)) {
      StoreSource.poll(cancelled);
      Labels labels = store.labels(id);
      boolean wanted =
          StoreSource.accepts(matchers, labels, this::poll)
              && store.mayHaveSamples(id, minMs, maxMs);
      if (wanted && !visitor.test(labels)) {
        return;
      }
    }
  }
}
