package dev.tocsin.engine;

import dev.tocsin.engine.stream.SettleStats;
import dev.tocsin.engine.stream.Settling;
import dev.tocsin.engine.stream.Waiting;
import dev.tocsin.engine.stream.Watch;
import dev.tocsin.engine.stream.Watches;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.input.RuleSettings;
import dev.tocsin.model.input.RuleSettings.Mode;
import dev.tocsin.model.input.Settle;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.rules.alert.Alert;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.state.StateReader;
import dev.tocsin.rules.state.StateWriter;
import dev.tocsin.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The second clock: between slots it makes alerts fire earlier, and nothing else. It fires an
/// alert of a rule without `for` whose condition is true now, and one that is pending since the
/// `for` of its rule whose condition is true now; each at most once between two slots. The next
/// slot takes it over, if it fires there, and resolves it otherwise. What a slot decides never
/// depends on it.
///
/// It begins with the first slot of a group, and leaves out rules of which the same element may
/// have another identity at the slot (labels made of the value, of queries or of the time), and
/// rules that read no series. A rule whose slot failed has to have one that succeeds first.
/// Engine's thread.
final class Overlay {
  private record Place(GroupRun group, RuleRun run, AlertRule rule) {}

  private final Settling settling;
  private final Watches watches;
  private final GroupEvaluation evaluation;
  private final long lookbackMs;
  private final Map<RuleRun, Watch> byRule = new HashMap<>();
  private final Map<Watch, Place> places = new HashMap<>();
  private Map<RuleRun, Integer> orders = new HashMap<>();
  private boolean isOn;

  /// When a sample is shown to the looks that was hidden.
  private long shownMs;

  private final Settling.Shown shown = (id, timeMs) -> touched(id, timeMs, shownMs);

  Overlay(
      Store store, Tenant tenant, RuleSource source, GroupEvaluation evaluation, long lookback) {
    this.settling = new Settling(store, tenant);
    this.watches = new Watches(store, tenant, source::find, settling);
    this.evaluation = evaluation;
    this.lookbackMs = lookback;
  }

  /// Other rules run now, or the same in another way.
  void reloaded(List<GroupRun> groups, RuleSettings settings, long nowMs) {
    isOn = settings.mode() == Mode.STREAM;
    shownMs = nowMs;
    settling.configure(isOn ? settings.settle() : Settle.NONE, shown);
    orders = new HashMap<>();
    for (GroupRun group : groups) {
      group.rules.forEach(run -> orders.put(run, orders.size()));
    }
    Set<Watch> gone = new HashSet<>();
    byRule.forEach(
        (run, watch) -> {
          Integer order = orders.get(run);
          if (order == null || !isOn) {
            gone.add(watch);
          } else {
            watch.order(order);
          }
        });
    byRule.values().removeAll(gone);
    places.keySet().removeAll(gone);
    watches.remove(gone);
    if (!isOn) {
      groups.forEach(group -> group.isWatched = false);
    }
    // Nothing is to fire in this step.
    pass();
  }

  /// A sample was taken.
  void touched(int id, long timeMs, long nowMs) {
    watches.touched(id, timeMs, nowMs);
  }

  /// A sample was taken that came with what may be a part of a scrape.
  void arrived(int id, long timeMs, long seq, long nowMs) {
    shownMs = nowMs;
    settling.arrived(id, timeMs, seq, nowMs, shown);
  }

  /// Series were removed from the store.
  void expired(int[] ids, long nowMs) {
    watches.expired(ids, nowMs);
  }

  /// Series that are named in what waits to settle.
  void forEachNamed(IntConsumer visitor) {
    settling.forEachNamed(visitor);
  }

  /// The slot of a group has begun, or waits for its turn: its rules are left out until it has
  /// ended.
  void pause(GroupRun group) {
    for (RuleRun run : group.rules) {
      Watch watch = byRule.get(run);
      if (watch != null) {
        watch.pause(true);
      }
    }
  }

  /// What the slot of a rule has to be evaluated over: series, ascending; null: all. See
  /// [Watches#loud].
  int @Nullable [] loud(RuleRun run, long queryMs) {
    Watch watch = byRule.get(run);
    return watch == null ? null : watches.loud(watch, queryMs);
  }

  /// A group had its slot.
  ///
  /// @param lastMs up to when everything was judged already that needs no sample; before all times
  ///   but for an engine that was restored
  void evaluated(GroupRun group, long lastMs, long nowMs) {
    if (!isOn) {
      return;
    }
    group.isWatched = true;
    for (RuleRun run : group.rules) {
      if (run.rule instanceof AlertRule rule && run.isWatchable) {
        evaluated(group, run, rule, lastMs, nowMs);
      }
    }
    if (lastMs == Long.MIN_VALUE) {
      long seq = group.slotSeq;
      settling.forEachWaiting((id, timeMs) -> watches.seen(id, timeMs, seq, nowMs));
    }
  }

  private void evaluated(GroupRun group, RuleRun run, AlertRule rule, long lastMs, long nowMs) {
    Watch watch = byRule.get(run);
    long offsetMs = group.definition.queryOffsetMs();
    boolean isNew = watch == null;
    if (watch == null) {
      watch = new Watch(rule, orders.getOrDefault(run, 0), offsetMs, lookbackMs);
      byRule.put(run, watch);
      places.put(watch, new Place(group, run, rule));
    }
    watches.resume(watch);
    watch.saw(group.slotSeq, group.counts().lastEvaluationMs() - offsetMs);
    if (isNew) {
      watches.add(watch, nowMs);
    }
    if (rule.forMs() == 0) {
      watches.fires(watch, firing(run));
    } else {
      watches.waits(watch, waiting(run, rule.forMs()), lastMs, nowMs);
      watches.occupy(watch, firing(run));
    }
  }

  private static List<Waiting> waiting(RuleRun run, long forMs) {
    if (run.alerts().isEmpty()) {
      return List.of();
    }
    List<Waiting> waiting = new ArrayList<>();
    for (Alert alert : run.alerts().values()) {
      if (alert.state() == AlertState.PENDING) {
        waiting.add(new Waiting(alert.element(), alert.activeAtMs() + forMs));
      }
    }
    return waiting;
  }

  /// The elements that fire.
  private static List<Labels> firing(RuleRun run) {
    if (run.alerts().isEmpty() && run.early().isEmpty()) {
      return List.of();
    }
    List<Labels> firing = new ArrayList<>();
    collect(firing, run.alerts());
    collect(firing, run.early());
    return firing;
  }

  /// The engine was restored, and every group that is watched was given to [#evaluated].
  void restored() {
    watches.restored();
  }

  private static void collect(List<Labels> elements, Map<Labels, Alert> alerts) {
    for (Alert alert : alerts.values()) {
      if (alert.state() == AlertState.FIRING) {
        elements.add(alert.element());
      }
    }
  }

  /// A step is done, and nothing is to fire in it.
  void pass() {
    watches.pass();
  }

  /// A step is done.
  ///
  /// @param lastMs the time of the step before
  void settle(long seq, long lastMs, long nowMs, List<AlertEvent> events) {
    shownMs = nowMs;
    settling.settleDue(nowMs, shown);
    watches.settle(
        lastMs,
        nowMs,
        (watch, partition) -> {
          Place place = places.get(watch);
          return place != null
              && evaluation.early(
                  place.group,
                  place.run,
                  place.rule,
                  partition,
                  id -> settling.untilMs(id, watch),
                  seq,
                  nowMs,
                  events);
        });
  }

  /// When a tick is due, Unix milliseconds; `Long.MAX_VALUE`: never.
  long deadlineMs() {
    return Math.min(watches.deadlineMs(), settling.deadlineMs());
  }

  /// How scrapes settled. Any thread.
  SettleStats settles() {
    return settling.stats();
  }

  /// Writes what waits; what is watched follows from the rest of the engine.
  void write(StateWriter out) throws IOException {
    settling.write(out);
  }

  /// What [#write] wrote. Before the groups are given to [#evaluated].
  void read(StateReader in) throws IOException {
    settling.read(in);
  }
}
