package dev.tocsin.engine.stream;

import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The series of one partition, for the evaluator: those of the leaf that the matchers are of.
/// Engine's thread.
final class PartitionSource implements SeriesSource {
  private final Store store;
  private final Settling settling;
  private @Nullable Partition partition;

  /// @param settling hides what looks must not see yet
  PartitionSource(Store store, Settling settling) {
    this.store = store;
    this.settling = settling;
  }

  void of(Partition next) {
    partition = next;
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
    Partition now = partition;
    int leaf = now == null ? -1 : now.watch.leaf(matchers);
    if (now == null || leaf < 0) {
      throw new IllegalStateException("no selector of this rule: " + matchers);
    }
    int count = now.count(leaf);
    List<SeriesData> found = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int id = now.id(leaf, i);
      long untilMs = Math.min(maxTimeMs, settling.untilMs(id, now.watch));
      LentSeries.add(found, store, id, minTimeMs, untilMs, newest);
    }
    return found;
  }
}
