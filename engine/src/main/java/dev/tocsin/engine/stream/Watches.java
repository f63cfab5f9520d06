package dev.tocsin.engine.stream;

import dev.tocsin.engine.incremental.ConditionPlan;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.store.Store;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds, after each step of the engine, the partitions whose condition may be true now, and has
/// them judged.
///
/// What is meant is simple: at every step every partition of interest is judged. What is done
/// instead: a partition with a plan is judged where the plan has not proven that its condition is
/// false now; one without a plan, and one that has an alert already, where a sample of its series
/// became visible. Nothing that is decided depends on what was skipped before, so that an engine
/// that was restored decides the same.
///
/// Engine's thread.
public final class Watches {
  /// A partition that may be true and is not is looked at again at least so often.
  static final long RESTLESS_MS = 100;

  /// A proof that holds for one millisecond wakes nobody at its end, but after this time: some
  /// conditions can be proven for one at a time only.
  static final long SHORT_MS = 10;

  /// After so many of those without a sample it is woken as seldom as one that may be true.
  static final byte SHORT_PROOFS_MAX = 8;

  private final Store store;
  private final Tenant tenant;
  private final SeriesFinder finder;
  private final StoreWindows windows;
  private final PartitionSource source;
  private final SlotProofs proofs;
  private final Roster roster;
  private final SeriesIndex index;
  private final Wakes wakes = new Wakes();
  private List<Partition> restless = new ArrayList<>();
  private List<Partition> queue = new ArrayList<>();

  /// Of the step that is being done, Unix milliseconds.
  private long nowMs;

  /// Of the step before it.
  private long lastMs;

  /// @param settling hides what looks must not see yet
  public Watches(Store store, Tenant tenant, SeriesFinder finder, Settling settling) {
    this.store = store;
    this.tenant = tenant;
    this.finder = finder;
    this.windows = new StoreWindows(store, settling);
    this.source = new PartitionSource(store, settling);
    this.proofs = new SlotProofs(store, settling, windows);
    this.roster = new Roster(store, tenant, finder, new Entering());
    this.index = roster.index();
  }

  private final class Entering implements Roster.Changes {
    @Override
    public void entered(Partition partition, int id) {
      Watch watch = partition.watch;
      watch.stir();
      partition.noUntilMs = Long.MIN_VALUE;
      if (!watch.isImmediate()) {
        return;
      }
      if (watch.plan() != null) {
        enqueue(partition);
      } else {
        wakeWith(partition, windows.firstAfterMs(id, watch, nowMs - watch.offsetMs()));
      }
    }

    @Override
    public void wanted(Partition partition) {
      if (partition.watch.isImmediate()) {
        enqueue(partition);
      }
    }

    @Override
    public void left(Partition partition) {
      partition.awaitNothing();
      wakes.disarm(partition);
    }
  }

  /// Watches these no more.
  public void remove(Set<Watch> gone) {
    if (!gone.isEmpty()) {
      roster.remove(gone);
      queue.removeIf(partition -> gone.contains(partition.watch));
      restless.removeIf(partition -> gone.contains(partition.watch));
    }
  }

  /// Begins to watch.
  public void add(Watch watch, long nowMs) {
    this.nowMs = nowMs;
    roster.add(watch);
  }

  /// What the slot of a rule has to be evaluated over: series, ascending; null: all. What the
  /// others add to its result is proven to be nothing.
  ///
  /// @param queryMs the time of the query; Unix milliseconds
  public int @Nullable [] loud(Watch watch, long queryMs) {
    roster.enterNew();
    return proofs.loud(watch, queryMs);
  }

  /// A sample of the series was taken.
  public void touched(int id, long timeMs, long nowMs) {
    if (roster.isEmpty()) {
      return;
    }
    this.nowMs = nowMs;
    if (roster.isNew(id)) {
      roster.enterNew();
    }
    Partition only = index.only(id);
    if (only != null) {
      touch(only, timeMs);
      return;
    }
    for (Partition one : index.several(id)) {
      touch(one, timeMs);
    }
  }

  /// Series were removed from the store, whose samples no rule sees any more.
  public void expired(int[] ids, long nowMs) {
    if (roster.isEmpty()) {
      return;
    }
    this.nowMs = nowMs;
    for (Partition partition : roster.expired(ids)) {
      partition.state = null;
      partition.noUntilMs = Long.MIN_VALUE;
      partition.watch.stir();
      if (partition.watch.plan() != null && partition.isOfInterest()) {
        enqueue(partition);
      }
    }
    queue.removeIf(partition -> partition.gone);
    restless.removeIf(partition -> partition.gone);
  }

  /// A sample that was hidden was seen by the slots of this input: looks for their rules may see
  /// it.
  public void seen(int id, long timeMs, long seq, long nowMs) {
    this.nowMs = nowMs;
    for (Partition one : index.all(id)) {
      if (one.watch.sawAt(seq)) {
        touch(one, timeMs);
      }
    }
  }

  private void touch(Partition partition, long timeMs) {
    partition.noUntilMs = Long.MIN_VALUE;
    partition.watch.stir();
    partition.shortProofs = 0;
    if (nowMs < partition.awaitedMs) {
      return;
    }
    long visibleMs = timeMs + partition.watch.offsetMs();
    partition.stirred |= visibleMs <= nowMs;
    if (visibleMs <= nowMs || (partition.watch.plan() != null && !partition.occupied)) {
      enqueue(partition);
    } else {
      wakes.arm(partition, visibleMs, nowMs);
    }
  }

  private void enqueue(Partition partition) {
    if (!partition.queued && !partition.gone) {
      partition.queued = true;
      queue.add(partition);
    }
  }

  /// How a rule stands after a slot; until the next one this holds.
  ///
  /// @param firing the elements that fire
  public void fires(Watch watch, Collection<Labels> firing) {
    roster.enterNew();
    for (Partition partition : watch.release()) {
      watch.stir();
      partition.occupied = false;
      partition.noUntilMs = Long.MIN_VALUE;
      if (watch.plan() != null) {
        enqueue(partition);
      }
    }
    occupy(watch, firing);
  }

  /// Elements fire: what has them is occupied.
  public void occupy(Watch watch, Collection<Labels> firing) {
    firing.forEach(element -> occupy(watch, element));
  }

  private void occupy(Watch watch, Labels element) {
    occupy(watch, partitionOf(watch, element));
  }

  /// The one that an element of the result is of; null where it is not kept.
  private @Nullable Partition partitionOf(Watch watch, Labels element) {
    Labels key = watch.key(element);
    if (!watch.hasSolos() || !watch.isWhole()) {
      return watch.known(key);
    }
    int same = store.find(tenant, element);
    Partition alone = same < 0 ? null : index.of(same, watch);
    if (alone != null) {
      return alone;
    }
    @Nullable Partition[] found = new @Nullable Partition[1];
    finder.find(
        watch.leaves().getFirst(),
        key,
        id -> {
          if (watch.key(store.labels(id)).equals(key)) {
            found[0] = index.of(id, watch);
          }
        });
    return found[0];
  }

  private static void occupy(Watch watch, @Nullable Partition partition) {
    if (partition != null && !partition.occupied) {
      watch.stir();
      partition.occupied = true;
      watch.hold(partition);
    }
  }

  /// How a rule with `for` stands after a slot; until the next one this holds.
  ///
  /// @param lastMs up to when was judged already what needs no sample to be judged
  public void waits(Watch watch, List<Waiting> waiting, long lastMs, long nowMs) {
    this.nowMs = nowMs;
    roster.enterNew();
    List<Partition> before = watch.release();
    for (Partition partition : before) {
      watch.stir();
      partition.awaitNothing();
      partition.occupied = false;
      partition.noUntilMs = Long.MIN_VALUE;
    }
    for (Waiting one : waiting) {
      await(watch, one, lastMs);
    }
    for (Partition partition : before) {
      if (!partition.isOfInterest()) {
        forget(partition);
      }
    }
  }

  private void forget(Partition partition) {
    if (partition.watch.isWhole()) {
      wakes.disarm(partition);
    } else {
      roster.leave(partition);
    }
  }

  private void await(Watch watch, Waiting waiting, long lastMs) {
    Partition known = partitionOf(watch, waiting.element());
    Partition partition = known == null ? watch.partition(watch.key(waiting.element())) : known;
    if (known == null) {
      roster.gather(watch, partition);
    }
    if (!partition.isOfInterest()) {
      watch.hold(partition);
      partition.awaitedMs = waiting.dueMs();
    } else {
      partition.awaitAlso(Math.max(partition.awaitedMs, waiting.dueMs()));
      partition.awaitedMs = Math.min(partition.awaitedMs, waiting.dueMs());
    }
    if (waiting.dueMs() > nowMs) {
      wakes.arm(partition, waiting.dueMs(), nowMs);
    } else if (waiting.dueMs() > lastMs) {
      partition.stirred = true;
      enqueue(partition);
    } else if (watch.plan() != null) {
      enqueue(partition);
    } else {
      wakeAtVisible(partition, lastMs - watch.offsetMs());
    }
  }

  /// When [#settle] is due although nothing arrives; Unix milliseconds.
  public long deadlineMs() {
    return wakes.nextMs();
  }

  /// All are watched that were before the engine was restored; what a sample wakes that is not
  /// visible yet is armed again.
  public void restored() {
    for (Partition partition : queue) {
      boolean plain = partition.watch.plan() != null && partition.isPlain(store);
      if (!plain || partition.occupied) {
        wakeAtVisible(partition, nowMs - partition.watch.offsetMs());
      }
    }
  }

  /// The step is done without a judgement. What it stirred is forgotten, as a checkpoint would
  /// forget it; what has a plan is judged at the next.
  public void pass() {
    for (Partition partition : queue) {
      // What is paused has no checkpoint to forget it.
      partition.stirred &= partition.watch.isPaused();
    }
  }

  /// The step is done: has the partitions judged that may be true now, by rule, then by the age of
  /// their series.
  ///
  /// @param lastMs the time of the step before
  public void settle(long lastMs, long nowMs, Judge judge) {
    if (roster.isEmpty()) {
      return;
    }
    this.nowMs = nowMs;
    this.lastMs = lastMs;
    roster.enterNew();
    wakes.take(
        nowMs,
        partition -> {
          if (partition.awaitedMs <= nowMs) {
            partition.woken = true;
            enqueue(partition);
          } else if (partition.awaitedMs != Partition.NEVER_MS) {
            // For what it awaited before.
            wakes.arm(partition, partition.awaitedMs, nowMs);
          }
        });
    List<Partition> again = restless;
    restless = new ArrayList<>();
    again.forEach(this::enqueue);
    if (queue.isEmpty()) {
      return;
    }
    List<Partition> now = queue;
    queue = new ArrayList<>();
    if (now.size() > 1) {
      now.sort(Partition::order);
    }
    for (Partition partition : now) {
      if (partition.watch.isPaused()) {
        defer(partition);
        continue;
      }
      partition.queued = false;
      look(partition, nowMs, judge);
      partition.stirred = false;
      partition.woken = false;
    }
  }

  /// Its slot has begun and not ended: it is judged when it has, by what comes till then as well.
  private void defer(Partition partition) {
    boolean fellDue = partition.woken && partition.fellDue(lastMs, nowMs);
    long queryMs = nowMs - partition.watch.offsetMs();
    partition.stirred |= fellDue || becameVisible(partition, queryMs);
    partition.woken = false;
    partition.watch.defer(partition);
  }

  /// The slot of the rule has ended.
  public void resume(Watch watch) {
    watch.pause(false);
    queue.addAll(watch.takeDeferred());
  }

  private void look(Partition partition, long nowMs, Judge judge) {
    Watch watch = partition.watch;
    if (nowMs < partition.awaitedMs) {
      return;
    }
    long queryMs = nowMs - watch.offsetMs();
    if (partition.woken) {
      // It may have woken for something that was before: only what a restored one would see counts.
      partition.stirred |= partition.fellDue(lastMs, nowMs);
      if (partition.nextDueMs(nowMs) != Partition.NEVER_MS) {
        wakes.arm(partition, partition.nextDueMs(nowMs), nowMs);
      }
    }
    boolean isPlanned = partition.size() <= Watch.PLANNED_MEMBERS_MAX && partition.isPlain(store);
    ConditionPlan plan = isPlanned ? watch.plan() : null;
    if (plan == null || partition.occupied) {
      boolean may = plan != null || partition.size() <= Watch.MEMBERS_MAX;
      // Whatever brought it here: one that was restored waits in the queue, where another one was
      // woken.
      if (may && (partition.stirred || becameVisible(partition, queryMs))) {
        source.of(partition);
        note(partition, judge.judge(watch, source));
      }
      wakeAtVisible(partition, queryMs);
      return;
    }
    if (partition.noUntilMs == Long.MIN_VALUE || queryMs >= partition.noUntilMs) {
      watch.lookedAt(queryMs);
      partition.noUntilMs = plan.noUntilMs(partition.state(), windows.of(partition), queryMs);
    }
    // What is proven up to now only proves nothing, and to wait for that would be to wait for ever.
    if (partition.noUntilMs != ConditionPlan.MAYBE && partition.noUntilMs > queryMs) {
      if (partition.noUntilMs == queryMs + 1) {
        // At every step that comes, but no step is made for it.
        restless.add(partition);
        boolean often = partition.shortProofs < SHORT_PROOFS_MAX;
        partition.shortProofs += (byte) (often ? 1 : 0);
        wakes.arm(partition, nowMs + (often ? SHORT_MS : RESTLESS_MS), nowMs);
      } else if (partition.noUntilMs != Long.MAX_VALUE) {
        wakes.arm(partition, partition.noUntilMs + watch.offsetMs(), nowMs);
      }
      return;
    }
    source.of(partition);
    if (note(partition, judge.judge(watch, source))) {
      wakeAtVisible(partition, queryMs);
    } else {
      restless.add(partition);
      wakes.arm(partition, nowMs + RESTLESS_MS, nowMs);
    }
  }

  private static boolean note(Partition partition, boolean fires) {
    if (fires && !partition.occupied) {
      occupy(partition.watch, partition);
    }
    return fires;
  }

  /// Whether a sample of its series became visible since the step before.
  private boolean becameVisible(Partition partition, long queryMs) {
    long beforeMs = lastMs == Long.MIN_VALUE ? lastMs : lastMs - partition.watch.offsetMs();
    return beforeMs < queryMs && windows.of(partition).firstAfterMs(beforeMs) <= queryMs;
  }

  /// Wakes it when the next sample of its series becomes visible.
  private void wakeAtVisible(Partition partition, long queryMs) {
    wakeWith(partition, windows.of(partition).firstAfterMs(queryMs));
  }

  private void wakeWith(Partition partition, long sampleMs) {
    if (sampleMs != Long.MAX_VALUE) {
      wakes.arm(partition, sampleMs + partition.watch.offsetMs(), nowMs);
    }
  }
}
