package dev.tocsin.engine.stream;

import dev.tocsin.engine.incremental.ConditionPlan;
import dev.tocsin.store.Store;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// What a rule's slot need not evaluate: partitions that are proven to have no element, and not to
/// fail, at the time of its query. What is left out adds nothing to the result, so that it is the
/// same whatever was proven, and when. A rule over which nothing moves costs one comparison.
/// Engine's thread.
final class SlotProofs {
  private static final int[] NOTHING = {};

  /// Where slots find next to nothing to leave out, the question is asked more and more seldom:
  /// once in so many at least.
  private static final int FRUITLESS_MAX = 16;

  private final Store store;
  private final Settling settling;
  private final StoreWindows windows;
  private int[] ids = new int[64];
  private int count;

  /// Up to when all that were found quiet are.
  private long quietUntilMs;

  /// @param settling hides from looks what slots see
  SlotProofs(Store store, Settling settling, StoreWindows windows) {
    this.store = store;
    this.settling = settling;
    this.windows = windows;
  }

  /// The series, ascending, over which the rule has to be evaluated; null: all.
  ///
  /// @param queryMs the time of the query; Unix milliseconds
  int @Nullable [] loud(Watch watch, long queryMs) {
    ConditionPlan plan = watch.plan();
    if (plan == null || settling.hidesAny() || watch.wasLookedAtAfter(queryMs)) {
      return null;
    }
    if (watch.isCalm(queryMs)) {
      return NOTHING;
    }
    if (watch.isFruitless()) {
      return null;
    }
    count = 0;
    quietUntilMs = Long.MAX_VALUE;
    Collection<Partition> all = watch.hasSolos() ? watch.solos() : watch.partitions();
    if (all.isEmpty()) {
      // Nothing is proven: it may fail, which costs nothing to find out.
      return null;
    }
    int loud = 0;
    for (Partition partition : all) {
      if (!isQuiet(plan, partition, queryMs)) {
        add(partition);
        loud++;
        if (2 * loud > all.size()) {
          watch.fruitless(FRUITLESS_MAX);
          return null;
        }
      }
    }
    watch.fruitful();
    if (loud == 0) {
      watch.calm(queryMs, quietUntilMs);
      return NOTHING;
    }
    return distinct();
  }

  private boolean isQuiet(ConditionPlan plan, Partition partition, long queryMs) {
    if (partition.occupied) {
      return false;
    }
    long untilMs = partition.noUntilMs;
    if (untilMs == ConditionPlan.MAYBE || untilMs <= queryMs) {
      if (partition.size() > Watch.PLANNED_MEMBERS_MAX || !partition.isPlain(store)) {
        return false;
      }
      partition.watch.lookedAt(queryMs);
      untilMs = plan.noUntilMs(partition.state(), windows.of(partition), queryMs);
      // One that is of interest waits in the queue, or its timer is due: then it is found proven.
      partition.noUntilMs = untilMs;
    }
    if (untilMs == ConditionPlan.MAYBE || untilMs <= queryMs) {
      return false;
    }
    quietUntilMs = Math.min(quietUntilMs, untilMs);
    return true;
  }

  private void add(Partition partition) {
    int more = partition.size();
    if (count + more > ids.length) {
      ids = Arrays.copyOf(ids, Math.max(count + more, ids.length * 2));
    }
    if (partition.solo >= 0) {
      ids[count++] = partition.solo;
      return;
    }
    for (int leaf = 0; leaf < partition.members.length; leaf++) {
      for (int i = 0; i < partition.count(leaf); i++) {
        ids[count++] = partition.id(leaf, i);
      }
    }
  }

  /// A series may be selected more than once.
  private int[] distinct() {
    Arrays.sort(ids, 0, count);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (kept == 0 || ids[kept - 1] != ids[i]) {
        ids[kept++] = ids[i];
      }
    }
    return Arrays.copyOf(ids, kept);
  }
}
