package dev.tocsin.engine;

import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import dev.tocsin.rules.alert.Alert;
import dev.tocsin.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Finds the series that nobody needs any more, and takes them away when the input comes that says
/// so. A series goes when its last sample is so old that no rule that runs sees it, and nothing
/// names it: no rule has written it at its last evaluation, none is to end it, and no alert is held
/// because its data is missing. Nothing that is decided changes when it goes; when it comes again
/// it is a new one. Engine's thread.
final class Expiry {
  private final Store store;
  private final SeriesTable table;
  private final RuleSource source;
  private final Groups groups;
  private final FadingSeries fading;
  private final EvidenceReader evidence;
  private final Overlay overlay;
  private final long lookbackMs;

  Expiry(
      Store store,
      SeriesTable table,
      RuleSource source,
      Groups groups,
      FadingSeries fading,
      EvidenceReader evidence,
      Overlay overlay,
      long lookbackMs) {
    this.store = store;
    this.table = table;
    this.source = source;
    this.groups = groups;
    this.fading = fading;
    this.evidence = evidence;
    this.overlay = overlay;
    this.lookbackMs = lookbackMs;
  }

  /// How old the last sample of a series must be before no rule sees it.
  long reachMs() {
    long reachMs = lookbackMs;
    for (GroupRun group : groups.all()) {
      // The slot that is due may be that late, and the one before it that much older.
      long lateMs = group.definition.queryOffsetMs() + 2 * group.definition.intervalMs();
      for (RuleRun run : group.rules) {
        reachMs = Math.max(reachMs, lookbackMs + run.reachMs + lateMs);
      }
    }
    return reachMs;
  }

  /// Series that got no sample for so long.
  ///
  /// @param keepMs at least [#reachMs], or that counts
  /// @param most of those from outside
  IdleSeries idle(long nowMs, long keepMs, int most, RuleSet rules) {
    long beforeMs = nowMs - Math.max(keepMs, reachMs());
    int[] refs = new int[most];
    long[] lastTimesMs = new long[most];
    int found = 0;
    for (int ref = table.next(0); ref >= 0 && found < most; ref = table.next(ref + 1)) {
      int id = table.id(ref);
      long lastMs = store.lastTimeMs(id);
      // Samples that come a day late are no sign that nobody sends any.
      if (lastMs < beforeMs && table.receivedNanos(id) / 1_000_000 < beforeMs) {
        refs[found] = ref;
        lastTimesMs[found++] = lastMs;
      }
    }
    return new IdleSeries(
        Arrays.copyOf(refs, found),
        Arrays.copyOf(lastTimesMs, found),
        !ofRules(beforeMs, rules).isEmpty());
  }

  /// Series without a reference, and of no use.
  private List<Integer> ofRules(long beforeMs, RuleSet rules) {
    List<Integer> gone = new ArrayList<>();
    for (int id : store.allIds()) {
      if (!table.isLinked(id) && store.lastTimeMs(id) < beforeMs) {
        gone.add(id);
      }
    }
    if (!gone.isEmpty()) {
      BitSet needed = needed(rules);
      gone.removeIf(needed::get);
    }
    return gone;
  }

  /// The references mean nothing any more; what nobody needs is removed.
  ///
  /// @param rules those that run
  void apply(Input.Expire expire, long nowMs, RuleSet rules) {
    for (int ref : expire.refs()) {
      table.unlink(ref);
    }
    long beforeMs = Math.min(expire.beforeMs(), nowMs - reachMs());
    List<Integer> gone = ofRules(beforeMs, rules);
    if (gone.isEmpty()) {
      return;
    }
    gone.forEach(store::remove);
    store.tidy();
    source.expired();
    overlay.expired(gone.stream().mapToInt(Integer::intValue).toArray(), nowMs);
  }

  /// Series that are named somewhere.
  private BitSet needed(RuleSet rules) {
    BitSet needed = new BitSet();
    fading.forEach(needed::set);
    overlay.forEachNamed(needed::set);
    boolean mayHold = !rules.settings().noData().isEmpty();
    for (GroupRun group : groups.all()) {
      group.fading.forEach(needed::set);
      for (RuleRun run : group.rules) {
        run.written.values().forEach(needed::set);
        if (mayHold) {
          run.alerts().values().forEach(alert -> addHeld(needed, run, alert));
        }
      }
    }
    return needed;
  }

  /// What tells that the data of an alert is missing: see [EvidenceReader#isMissing].
  private void addHeld(BitSet needed, RuleRun run, Alert alert) {
    evidence.begin();
    for (VectorSelector selector : run.selectors) {
      evidence
          .agreeing(List.of(selector), alert.element(), Long.MIN_VALUE + 1)
          .forEach(needed::set);
    }
  }
}
