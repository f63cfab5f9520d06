package dev.tocsin.bench.contract.reference;

import dev.tocsin.bench.contract.seen.Early;
import dev.tocsin.bench.contract.seen.Expected;
import dev.tocsin.bench.contract.seen.GroupSeen;
import dev.tocsin.bench.contract.seen.SeriesSeen;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.file.RuleFileReader;
import dev.tocsin.rules.file.RuleGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Prometheus's rule manager over series in memory, one input after the other. What the product
/// declares to do otherwise is in [Hold], [Lost] and the phase of a group; that is all.
public final class RuleManager {
  /// Series of a group that is gone: they end at a time, which is written down later.
  private record Ending(List<Labels> series, long endMs, long dueMs) {}

  private record Due(ReferenceGroup group, long slotMs) {}

  private final boolean aligned;
  private final Faults faults;
  private final ReferenceSeries series = new ReferenceSeries();
  private final ReferenceQueries queries = new ReferenceQueries(series);
  private final Hold hold = new Hold(series);
  private final Lost lost = new Lost();
  private final Map<Integer, Labels> labelsOfRef = new HashMap<>();
  private final List<Ending> endings = new ArrayList<>();
  private List<ReferenceGroup> groups = List.of();
  private RuleSet settings = RuleSet.NONE;
  private long lastNowMs;
  private long rulesSoFar;

  /// @param aligned whether slots are at whole multiples of the interval
  public RuleManager(boolean aligned, Faults faults) {
    this.aligned = aligned;
    this.faults = faults;
  }

  /// Takes an input; what is told by it.
  public List<Expected> step(long nowMs, Input input) {
    return step(nowMs, input, () -> {});
  }

  /// The same.
  ///
  /// @param afterRule run after each rule that is evaluated by it; it may ask for [#early]
  public List<Expected> step(long nowMs, Input input, Runnable afterRule) {
    List<Expected> told = new ArrayList<>();
    switch (input) {
      case Input.Transaction transaction -> write(transaction);
      case Input.Tick _ -> tick(nowMs, told, afterRule);
      case Input.Reload(RuleSet rules) -> reload(rules, nowMs);
      case Input.Delivered _, Input.Expire _ -> {}
      case Input.Restarted _ -> {
        hold.restarted(lastNowMs);
        if (!faults.has(Planted.SLOTS_CAUGHT_UP)) {
          groups.forEach(group -> group.skipTo(nowMs));
        }
      }
    }
    lastNowMs = nowMs;
    return told;
  }

  private void write(Input.Transaction transaction) {
    for (SeriesDefinition definition : transaction.definitions()) {
      labelsOfRef.put(definition.ref(), definition.labels());
    }
    for (Slab slab : transaction.slabs()) {
      @Nullable EncodedHistogram @Nullable [] histograms = slab.histograms();
      for (int i = 0; i < slab.count(); i++) {
        Labels labels = labelsOfRef.getOrDefault(slab.refs[i], Labels.empty());
        EncodedHistogram encoded = histograms == null ? null : histograms[i];
        FloatHistogram histogram = encoded == null ? null : encoded.decode();
        long timeMs = slab.timesMs[i];
        if (faults.has(Planted.LATE_SAMPLES_TAKEN) && timeMs <= series.lastMs(labels)) {
          timeMs = series.lastMs(labels) + 1;
        }
        series.add(labels, timeMs, slab.values[i], histogram);
      }
    }
  }

  private void tick(long nowMs, List<Expected> told, Runnable afterRule) {
    hold.ticked(nowMs);
    List<Due> due = new ArrayList<>();
    for (ReferenceGroup group : groups) {
      if (group.nextSlotMs <= nowMs) {
        due.add(new Due(group, group.takeSlot(nowMs)));
      }
    }
    due.sort(Comparator.comparingLong(Due::slotMs));
    due.forEach(one -> evaluate(one.group, one.slotMs, nowMs, told, afterRule));
    told.addAll(lost.expire(nowMs));
    for (Ending ending : List.copyOf(endings)) {
      if (ending.dueMs <= nowMs) {
        end(ending.series, ending.endMs);
        endings.remove(ending);
      }
    }
  }

  private void end(List<Labels> gone, long timeMs) {
    if (!faults.has(Planted.NO_STALE_MARKER_OF_GONE)) {
      for (Labels labels : gone) {
        // Declared: Prometheus ends it once more, which refuses what another rule writes at that
        // time.
        if (!series.hasEnded(labels)) {
          series.add(labels, timeMs, StaleMarker.VALUE, null);
        }
      }
    }
  }

  private void evaluate(
      ReferenceGroup group, long slotMs, long nowMs, List<Expected> told, Runnable afterRule) {
    List<Runnable> writes = faults.has(Planted.RULES_UNSEEN) ? new ArrayList<>() : null;
    var around =
        new RuleEvaluation.Surroundings(
            series, queries, hold, lost, settings, faults, writes, nowMs);
    List<ReferenceRule> rules =
        faults.has(Planted.RULES_IN_REVERSE) ? group.rules.reversed() : group.rules;
    for (ReferenceRule rule : rules) {
      told.addAll(new RuleEvaluation(group, rule, around, slotMs).evaluate());
      afterRule.run();
    }
    if (writes != null) {
      writes.forEach(Runnable::run);
    }
    end(List.copyOf(group.staleSeries), slotMs - group.queryOffsetMs);
    group.staleSeries.clear();
    group.lastMs = slotMs;
    group.evaluations++;
    afterRule.run();
  }

  private void reload(RuleSet rules, long nowMs) {
    List<ReferenceGroup> read = new ArrayList<>();
    Problems problems = new Problems();
    for (RuleSet.RuleText file : rules.files()) {
      for (RuleGroup group : RuleFileReader.read(file.name(), file.content(), problems).groups()) {
        read.add(group(file.name(), group, rules, nowMs));
      }
    }
    if (!problems.isEmpty()) {
      return;
    }
    settings = rules;
    queries.defaultStep(Math.max(1, rules.evaluationIntervalMs()));
    Map<List<String>, ReferenceGroup> before = new LinkedHashMap<>();
    groups.forEach(group -> before.put(List.of(group.file, group.name), group));
    List<ReferenceGroup> next = new ArrayList<>();
    for (ReferenceGroup group : read) {
      ReferenceGroup old = before.remove(List.of(group.file, group.name));
      if (old != null && old.sameAs(group)) {
        next.add(old);
        continue;
      }
      if (old != null) {
        group.copyState(old, faults).forEach(rule -> lose(old, rule));
      }
      next.add(group);
    }
    before.values().forEach(gone -> remove(gone, nowMs));
    groups = next;
  }

  private ReferenceGroup group(String file, RuleGroup group, RuleSet rules, long nowMs) {
    return new ReferenceGroup(
        file,
        group.name(),
        Math.max(1, group.intervalMs().orElse(rules.evaluationIntervalMs())),
        group.queryOffsetMs().orElse(rules.queryOffsetMs()),
        group.limit(),
        group.rules().stream().map(rule -> new ReferenceRule(rule, rulesSoFar++)).toList(),
        aligned,
        nowMs);
  }

  private void lose(ReferenceGroup group, ReferenceRule rule) {
    for (ReferenceAlert alert : rule.active.values()) {
      if (alert.state == AlertState.FIRING) {
        lost.add(group.name, rule, alert);
      }
    }
  }

  private void remove(ReferenceGroup group, long nowMs) {
    List<Labels> gone = new ArrayList<>(group.staleSeries);
    for (ReferenceRule rule : group.rules) {
      gone.addAll(rule.seriesBefore);
      lose(group, rule);
    }
    if (!gone.isEmpty()) {
      endings.add(new Ending(gone, nowMs - group.queryOffsetMs, nowMs + 2 * group.intervalMs));
    }
  }

  /// When something is due next, Unix milliseconds.
  public long deadlineMs() {
    long deadlineMs = lost.deadlineMs();
    for (ReferenceGroup group : groups) {
      deadlineMs = Math.min(deadlineMs, group.nextSlotMs);
    }
    for (Ending ending : endings) {
      deadlineMs = Math.min(deadlineMs, ending.dueMs);
    }
    return deadlineMs;
  }

  public List<GroupSeen> groups() {
    return groups.stream().map(ReferenceGroup::seen).toList();
  }

  /// The numbers of the rules of each group, by its name.
  public Map<String, List<Long>> numbers() {
    Map<String, List<Long>> all = new HashMap<>();
    for (ReferenceGroup group : groups) {
      all.put(group.name, group.rules.stream().map(rule -> rule.number).toList());
    }
    return all;
  }

  /// In the order of their creation.
  public List<SeriesSeen> series() {
    return series.seen();
  }

  /// The alerts that may fire before their slot at this moment, by canonical evaluation at `nowMs -
  /// query_offset`; of rules whose group has been evaluated once, and whose identities do not
  /// depend on the value or on other data.
  public List<Early> early(long nowMs) {
    var around =
        new RuleEvaluation.Surroundings(series, queries, hold, lost, settings, faults, null, nowMs);
    List<Early> all = new ArrayList<>();
    for (ReferenceGroup group : groups) {
      for (ReferenceRule rule : group.rules) {
        if (group.evaluations > 0 && rule.rule instanceof AlertRule alert) {
          all.addAll(new RuleEvaluation(group, rule, around, nowMs).early(alert));
        }
      }
    }
    return all;
  }
}
