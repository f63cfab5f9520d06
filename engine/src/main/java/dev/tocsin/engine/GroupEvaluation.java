package dev.tocsin.engine;

import dev.tocsin.engine.RuleRun.Status;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.input.RuleSettings.Policy;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.promql.value.Value.Element;
import dev.tocsin.rules.alert.Alert;
import dev.tocsin.rules.alert.AlertNews;
import dev.tocsin.rules.alert.AlertOutcome;
import dev.tocsin.rules.alert.AlertStep;
import dev.tocsin.rules.alert.BlindStep;
import dev.tocsin.rules.alert.Moment;
import dev.tocsin.rules.alert.Surroundings;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.file.RecordingRule;
import dev.tocsin.rules.record.Recording;
import dev.tocsin.rules.template.TemplateQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Evaluates rules, each seeing what those before it wrote. A rule that fails changes nothing of
/// its own. Engine's thread.
final class GroupEvaluation {
  private final RuleQueries queries;
  private final RuleWriter writer;
  private final EvidenceReader evidence;
  private final Announcer announcer;
  private final Outage outage;
  private final LongSupplier stopwatch;
  private RuleSet settings = RuleSet.NONE;
  private NoDataPolicies noData = NoDataPolicies.NONE;
  private boolean hasTraces;

  GroupEvaluation(
      RuleQueries queries,
      RuleWriter writer,
      EvidenceReader evidence,
      Announcer announcer,
      Outage outage,
      LongSupplier stopwatch) {
    this.stopwatch = stopwatch;
    this.queries = queries;
    this.writer = writer;
    this.evidence = evidence;
    this.announcer = announcer;
    this.outage = outage;
  }

  void settings(RuleSet rules) {
    settings = rules;
    noData = NoDataPolicies.of(rules.settings().noData());
    queries.settings(
        Math.max(1, rules.evaluationIntervalMs()), Features.of(rules.settings().features()));
  }

  /// One rule at a slot that is proven to give nothing, and that is idle.
  ///
  /// @param slotMs the time of the evaluation; Unix milliseconds
  void pass(RuleRun run, long slotMs) {
    hasTraces |= run.status().health() != Health.OK;
    run.renewed = false;
    run.become(new Status(Health.OK, "", slotMs, AlertStep.noAlerts()));
    run.took(0);
  }

  /// Whether anything was evaluated since the last question that left more than its time.
  boolean takeTraces() {
    boolean had = hasTraces;
    hasTraces = false;
    return had;
  }

  /// One rule at a slot. Those before it in its group have had theirs.
  ///
  /// @param among the series over which it is to be evaluated, ascending: all others add nothing to
  ///   its result; null: all
  /// @param slotMs the time of the evaluation; Unix milliseconds
  /// @param events gets what is to be told
  void evaluate(
      GroupRun group,
      RuleRun run,
      int @Nullable [] among,
      long seq,
      long slotMs,
      List<AlertEvent> events) {
    long queryMs = slotMs - group.definition.queryOffsetMs();
    long began = stopwatch.getAsLong();
    evidence.begin();
    boolean wasIdle = run.isIdle();
    Health before = run.status().health();
    try {
      List<Element> result = queries.elements(among, run.rule.expr(), queryMs);
      switch (run.rule) {
        case RecordingRule rule -> record(group, run, rule, result, slotMs, queryMs);
        case AlertRule rule -> {
          Slot slot = new Slot(group, run, seq, slotMs, queryMs);
          alert(slot, rule, result, events);
        }
      }
    } catch (RuleFailure failure) {
      run.become(new Status(Health.ERROR, failure.reason(), slotMs, run.alerts()));
    }
    hasTraces |= !wasIdle || !run.isIdle() || run.status().health() != before;
    run.took(stopwatch.getAsLong() - began);
  }

  /// All rules of the group have had the slot.
  void finish(GroupRun group, long slotMs) {
    long began = stopwatch.getAsLong();
    if (!group.fading.isEmpty()) {
      hasTraces = true;
      writer.fade(group.fading, slotMs - group.definition.queryOffsetMs());
      group.fading.clear();
    }
    long tookNanos = stopwatch.getAsLong() - began;
    for (RuleRun run : group.rules) {
      tookNanos += run.tookNanos();
    }
    group.took(tookNanos);
    group.evaluated(slotMs);
  }

  private void record(
      GroupRun group,
      RuleRun run,
      RecordingRule rule,
      List<Element> result,
      long slotMs,
      long queryMs)
      throws RuleFailure {
    switch (Recording.of(rule, result, group.definition.limit())) {
      case Recording.Failed(String reason) -> throw new RuleFailure(reason);
      case Recording.Recorded(var samples) -> {
        String problem = writer.write(run, samples, queryMs);
        run.become(new Status(health(problem), problem, slotMs, run.alerts()));
      }
    }
  }

  private static Health health(String problem) {
    return problem.isEmpty() ? Health.OK : Health.ERROR;
  }

  private void alert(Slot slot, AlertRule rule, List<Element> result, List<AlertEvent> events) {
    GroupRun group = slot.group;
    RuleRun run = slot.run;
    Moment moment = moment(group, run, slot.slotMs);
    AlertOutcome outcome =
        AlertStep.evaluate(rule, run.alerts(), run.early(), result, moment, slot);
    for (Alert lost : outcome.lost()) {
      announcer.lose(group.key(), rule.query(), lost);
    }
    switch (outcome) {
      case AlertOutcome.Failed failed -> {
        failed.lost().forEach(lost -> run.dropEarly(lost.labels()));
        run.become(new Status(Health.ERROR, failed.reason(), slot.slotMs, failed.alerts()));
      }
      case AlertOutcome.Evaluated evaluated -> {
        for (AlertNews news : evaluated.news()) {
          events.add(
              announcer.tell(slot.seq, news.kind(), group.key(), rule.query(), news.alert()));
        }
        // Of a histogram the value that is kept tells nothing: what was expanded of it is not used
        // again.
        // Nor is what was expanded before a reload of one that is held since.
        run.renewed =
            result.stream().anyMatch(element -> element.histogram() != null)
                || (run.renewed && holdsUnseen(evaluated, result.size()));
        String problem = writer.write(run, evaluated.samples(), slot.queryMs);
        run.become(new Status(health(problem), problem, slot.slotMs, evaluated.alerts()));
        run.becomeEarly(evaluated.early());
        tellBlind(slot, rule, moment, events);
      }
    }
  }

  private static boolean holdsUnseen(AlertOutcome.Evaluated evaluated, int seen) {
    return evaluated.alerts().values().stream().filter(Alert::isSeen).count() > seen;
  }

  private void tellBlind(Slot slot, AlertRule rule, Moment moment, List<AlertEvent> events) {
    BlindStep.Outcome outcome = BlindStep.evaluate(slot.run.blind(), slot.blind.values(), moment);
    for (AlertNews news : outcome.news()) {
      events.add(
          announcer.tell(slot.seq, news.kind(), slot.group.key(), rule.query(), news.alert()));
    }
    slot.run.becomeBlind(outcome.alerts());
  }

  private Moment moment(GroupRun group, RuleRun run, long timeMs) {
    return new Moment(
        timeMs,
        group.definition.intervalMs(),
        run.renewed,
        group.definition.limit(),
        settings.externalLabels(),
        settings.externalUrl());
  }

  /// Fires what may fire now, before its slot. Returns whether an alert of the partition fires, or
  /// there is no room for one.
  ///
  /// @param partition the series that the rule is evaluated over
  /// @param untilMs up to when it sees the samples of a series, by its id
  boolean early(
      GroupRun group,
      RuleRun run,
      AlertRule rule,
      SeriesSource partition,
      IntToLongFunction untilMs,
      long seq,
      long nowMs,
      List<AlertEvent> events) {
    if (run.status().health() == Health.ERROR) {
      // What the last slot refused (its limit exceeded, an identity twice) would fire in every
      // interval.
      return true;
    }
    long queryMs = nowMs - group.definition.queryOffsetMs();
    List<Element> result;
    try {
      result = queries.elements(partition, rule.expr(), queryMs);
    } catch (RuleFailure e) {
      // The slot will tell.
      return false;
    }
    if (result.isEmpty()) {
      return false;
    }
    evidence.begin(untilMs);
    Slot slot = new Slot(group, run, seq, nowMs, queryMs);
    Moment moment = moment(group, run, nowMs);
    Map<Labels, Alert> candidates =
        AlertStep.candidates(rule, AlertStep.noAlerts(), result, moment, slot);
    boolean fires = false;
    for (Alert now : candidates.size() < result.size() ? List.<Alert>of() : candidates.values()) {
      Alert known = run.alerts().get(now.labels());
      if (run.early().containsKey(now.labels())) {
        fires = true;
        continue;
      }
      Alert early = AlertStep.early(rule, now, known, moment, slot);
      if (early == null) {
        fires |= known != null && known.state() == AlertState.FIRING;
        continue;
      }
      fires = true;
      if (hasRoom(group, run, known)) {
        run.fireEarly(early);
        events.add(announcer.tell(seq, AlertEvent.Kind.FIRING, group.key(), rule.query(), early));
      }
    }
    return fires;
  }

  /// Whether one more alert would not exceed the limit at the slot.
  private static boolean hasRoom(GroupRun group, RuleRun run, @Nullable Alert known) {
    int limit = group.definition.limit();
    int room = limit > 0 ? Math.min(limit, AlertStep.ALERTS_MAX) : AlertStep.ALERTS_MAX;
    if ((known != null && known.isActive()) || run.alerts().size() + run.early().size() < room) {
      return true;
    }
    long active = run.alerts().values().stream().filter(Alert::isActive).count();
    long more =
        run.early().keySet().stream()
            .filter(
                labels -> {
                  Alert slotted = run.alerts().get(labels);
                  return slotted == null || !slotted.isActive();
                })
            .count();
    return active + more < room;
  }

  /// One alert rule at one slot.
  private final class Slot implements Surroundings {
    private final GroupRun group;
    private final RuleRun run;
    private final long seq;
    private final long slotMs;
    private final long queryMs;

    /// Alerts that are held and whose policy is to say so. An early one and the pending one that it
    /// comes from are the same.
    private final Map<Labels, Alert> blind = new LinkedHashMap<>();

    Slot(GroupRun group, RuleRun run, long seq, long slotMs, long queryMs) {
      this.group = group;
      this.run = run;
      this.seq = seq;
      this.slotMs = slotMs;
      this.queryMs = queryMs;
    }

    @Override
    public Evidence evidence(Labels element) {
      return evidence.read(run.selectors, element, queryMs, queries.lookbackMs());
    }

    /// Held until all its series that were alive before the outage have delivered since.
    @Override
    public boolean holds(Alert absent) {
      return holdsAfterOutage(absent) || holdsWithoutData(absent);
    }

    /// Held while its data is missing, where that is the policy.
    private boolean holdsWithoutData(Alert absent) {
      Policy policy = noData.of(run.rule.name(), absent);
      long reachMs = Math.max(queries.lookbackMs(), run.longestRangeMs);
      if (policy == Policy.RESOLVE
          || !evidence.isMissing(run.selectors, absent.element(), queryMs, reachMs)) {
        return false;
      }
      if (policy == Policy.BLIND) {
        blind.put(absent.labels(), absent);
      }
      return true;
    }

    private boolean holdsAfterOutage(Alert absent) {
      if (!outage.holds(slotMs, group.definition.intervalMs())) {
        return false;
      }
      long downAtMs = outage.downAtMs();
      long aliveMs = downAtMs - queries.lookbackMs();
      return evidence.agreeing(run.selectors, absent.element(), aliveMs).isEmpty()
          || evidence.awaits(run.selectors, absent.element(), aliveMs, downAtMs);
    }

    @Override
    public TemplateQuery query() {
      return queries::samples;
    }
  }
}
