package dev.tocsin.engine;

import dev.tocsin.engine.stream.LentSeries;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.IntConsumer;

/// The series of one tenant, for the rules. The selectors of the rules are asked again and again,
/// so the series they select are remembered: a new one has a higher id than all before it, and of
/// those that were taken away [#expired] is told. Samples are lent by the store where it can.
/// Engine's thread.
final class RuleSource implements SeriesSource {
  /// What a selector selects among the series seen so far.
  private static final class Selected {
    int[] ids = new int[0];
    int count;
    int seen;
  }

  /// What a series costs beside its samples, in samples.
  private static final int SERIES_COST = 8;

  /// Between two samples of a series.
  private static final long USUAL_STEP_MS = 15_000;

  /// Beyond it a window costs no more.
  private static final long SAMPLES_MAX = 1000;

  private final Store store;
  private final Tenant tenant;
  private int expiries;
  private final IdentityHashMap<List<Matcher>, Selected> remembered = new IdentityHashMap<>();

  RuleSource(Store store, Tenant tenant) {
    this.store = store;
    this.tenant = tenant;
  }

  /// Remembers for these selectors, and for no others.
  void remember(Collection<VectorSelector> selectors) {
    IdentityHashMap<List<Matcher>, Selected> before = new IdentityHashMap<>(remembered);
    remembered.clear();
    for (VectorSelector selector : selectors) {
      Selected known = before.get(selector.matchers());
      remembered.put(selector.matchers(), known == null ? new Selected() : known);
    }
  }

  @Override
  public List<SeriesData> select(List<Matcher> matchers, long minTimeMs, long maxTimeMs) {
    return select(matchers, minTimeMs, maxTimeMs, false);
  }

  @Override
  public List<SeriesData> selectNewest(List<Matcher> matchers, long minTimeMs, long maxTimeMs) {
    return select(matchers, minTimeMs, maxTimeMs, true);
  }

  private List<SeriesData> select(
      List<Matcher> matchers, long minTimeMs, long maxTimeMs, boolean newest) {
    Selected selected = selected(matchers);
    List<SeriesData> found = new ArrayList<>(selected.count);
    for (int i = 0; i < selected.count; i++) {
      LentSeries.add(found, store, selected.ids[i], minTimeMs, maxTimeMs, newest);
    }
    return found;
  }

  /// The same, but of these series only.
  ///
  /// @param ids ascending
  SeriesSource among(int[] ids) {
    return new SeriesSource() {
      @Override
      public List<SeriesData> select(List<Matcher> matchers, long minTimeMs, long maxTimeMs) {
        return select(matchers, minTimeMs, maxTimeMs, false);
      }

      @Override
      public List<SeriesData> selectNewest(List<Matcher> matchers, long minTimeMs, long maxTimeMs) {
        return select(matchers, minTimeMs, maxTimeMs, true);
      }

      private List<SeriesData> select(
          List<Matcher> matchers, long minTimeMs, long maxTimeMs, boolean newest) {
        List<SeriesData> found = new ArrayList<>(ids.length);
        RuleSource.this.forEach(
            matchers,
            ids,
            id -> {
              LentSeries.add(found, store, id, minTimeMs, maxTimeMs, newest);
              return true;
            });
        return found;
      }
    };
  }

  /// About how much an evaluation with these selectors reads: samples, and each series as some
  /// more. It depends on nothing but the series that are there.
  ///
  /// @param rangeMs the longest range; 0: none
  long cost(List<VectorSelector> selectors, long rangeMs) {
    long samples = Math.min(rangeMs / USUAL_STEP_MS, SAMPLES_MAX);
    long series = 0;
    for (VectorSelector selector : selectors) {
      series += count(selector.matchers());
    }
    return series * (SERIES_COST + samples);
  }

  /// Gives the series that the selector selects, ascending, until the visitor has enough.
  void forEach(List<Matcher> matchers, Visitor visitor) {
    Selected selected = selected(matchers);
    for (int i = 0; i < selected.count; i++) {
      if (!visitor.visit(selected.ids[i])) {
        return;
      }
    }
  }

  /// Those of them that are among these ids (ascending).
  void forEach(List<Matcher> matchers, int[] among, Visitor visitor) {
    Selected selected = selected(matchers);
    if (selected.count < among.length) {
      forEach(matchers, id -> Arrays.binarySearch(among, id) < 0 || visitor.visit(id));
      return;
    }
    for (int id : among) {
      boolean isSelected = Arrays.binarySearch(selected.ids, 0, selected.count, id) >= 0;
      if (isSelected && !visitor.visit(id)) {
        return;
      }
    }
  }

  /// For the watches between slots: the fewest that have one of the labels are looked at.
  void find(List<Matcher> matchers, Labels having, IntConsumer visitor) {
    int[] fewest = null;
    for (int i = 0; i < having.size(); i++) {
      if (!having.name(i).equals(Labels.METRIC_NAME)) {
        int[] ids = store.ids(tenant, having.name(i), having.value(i));
        fewest = fewest == null || ids.length < fewest.length ? ids : fewest;
      }
    }
    Visitor all =
        id -> {
          visitor.accept(id);
          return true;
        };
    if (fewest == null) {
      forEach(matchers, all);
    } else {
      forEach(matchers, fewest, all);
    }
  }

  /// Another number where other series are there than before.
  long version() {
    return (long) expiries << Integer.SIZE | store.idsEnd();
  }

  /// How many series the selector selects.
  int count(List<Matcher> matchers) {
    return selected(matchers).count;
  }

  /// Is told the id of a series; false: enough.
  @FunctionalInterface
  interface Visitor {
    boolean visit(int id);
  }

  private Selected selected(List<Matcher> matchers) {
    Selected known = remembered.get(matchers);
    Selected selected = known == null ? new Selected() : known;
    int series = store.idsEnd();
    if (selected.seen < series) {
      add(selected, matchers);
      selected.seen = series;
    }
    return selected;
  }

  /// Series were removed from the store.
  void expired() {
    expiries++;
    for (Selected selected : remembered.values()) {
      int kept = 0;
      for (int i = 0; i < selected.count; i++) {
        if (store.isThere(selected.ids[i])) {
          selected.ids[kept++] = selected.ids[i];
        }
      }
      selected.count = kept;
      if (selected.ids.length > 4 * kept + 64) {
        selected.ids = Arrays.copyOf(selected.ids, kept);
      }
    }
  }

  private void add(Selected selected, List<Matcher> matchers) {
    int[] candidates = StoreSource.candidates(store, tenant, matchers);
    int from = Arrays.binarySearch(candidates, selected.seen);
    for (int i = from < 0 ? -from - 1 : from; i < candidates.length; i++) {
      Labels labels = store.labels(candidates[i]);
      if (StoreSource.accepts(matchers, labels)) {
        if (selected.count == selected.ids.length) {
          selected.ids = Arrays.copyOf(selected.ids, 4 + selected.count * 3 / 2);
        }
        selected.ids[selected.count++] = candidates[i];
      }
    }
  }
}
