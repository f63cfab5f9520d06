package dev.tocsin.bench.nodes;

import dev.tocsin.engine.incremental.Windows;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.store.Samples;
import dev.tocsin.store.Store;
import dev.tocsin.store.StoreLimits;
import java.util.ArrayList;
import java.util.List;

/// A store with a few series, as the partition of one rule and as the evaluator's source. The
/// selectors of the rule name a metric each.
public final class StorePartition implements Windows, SeriesSource {
  private final Store store = new Store(new StoreLimits(1000, 64L << 20));
  private final List<String> metrics;

  /// Of each selector.
  private final int[][] ids;

  /// @param metrics of the selectors, in their order
  public StorePartition(List<String> metrics) {
    this.metrics = List.copyOf(metrics);
    this.ids = new int[metrics.size()][];
  }

  public void append(Labels labels, long timeMs, double value) {
    store.append(store.intern(Tenant.DEFAULT, labels), timeMs, value);
  }

  /// Once all series are there.
  public void seal() {
    for (int leaf = 0; leaf < ids.length; leaf++) {
      ids[leaf] = store.ids(Tenant.DEFAULT, Labels.METRIC_NAME, metrics.get(leaf));
    }
  }

  @Override
  public int members(int leaf) {
    return ids[leaf].length;
  }

  private int id(int leaf, int member) {
    return ids[leaf][member];
  }

  @Override
  public Labels labels(int leaf, int member) {
    return store.labels(id(leaf, member));
  }

  @Override
  public boolean hasHistograms(int leaf, int member) {
    return false;
  }

  @Override
  public long lastTimeMs(int leaf, int member) {
    return store.lastTimeMs(id(leaf, member));
  }

  @Override
  public double lastValue(int leaf, int member) {
    return store.lastValue(id(leaf, member));
  }

  @Override
  public Samples lend(int leaf, int member, long minMs, long maxMs) {
    return store.lend(id(leaf, member), minMs, maxMs);
  }

  @Override
  public List<SeriesData> select(List<Matcher> matchers, long minTimeMs, long maxTimeMs) {
    List<SeriesData> found = new ArrayList<>();
    for (int id : ids[metrics.indexOf(matchers.getFirst().value())]) {
      Samples samples = store.lend(id, minTimeMs, maxTimeMs);
      if (samples.count() > 0) {
        found.add(
            new SeriesData(
                store.labels(id),
                samples.timesMs(),
                samples.values(),
                samples.from(),
                samples.to()));
      }
    }
    return found;
  }
}
