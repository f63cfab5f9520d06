package dev.tocsin.bench.contract;

import dev.tocsin.bench.contract.reference.Faults;
import dev.tocsin.bench.contract.reference.RuleManager;
import dev.tocsin.bench.contract.seen.AlertSeen;
import dev.tocsin.bench.contract.seen.Early;
import dev.tocsin.bench.contract.seen.GroupSeen;
import dev.tocsin.bench.contract.seen.RuleSeen;
import dev.tocsin.bench.contract.seen.SeriesSeen;
import dev.tocsin.bench.contract.seen.Told;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.AlertEvent.Kind;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An engine on the grid that tells alerts before their slots, as the stream may, or as it must
/// not.
final class EarlySubject implements Subject {
  /// What it does wrong.
  enum Mistake {
    /// Nothing.
    NONE,
    /// An alert that fires at a slot is never told.
    FIRING_LOST,
    /// It is told at the slot after.
    FIRING_LATE,
    /// An end is not told.
    RESOLVED_LOST,
    /// What fires is not told again.
    STILL_FIRING_LOST,
    /// Alerts are told before `for` has passed.
    TOO_EARLY,
    /// Alerts of which the condition is not true are told.
    NOT_TRUE,
    /// With another value than that of a canonical evaluation.
    OTHER_VALUE,
    /// Again and again in one interval.
    TOLD_AGAIN,
    /// A slot that does not confirm an alert does not end it.
    NOT_ENDED,
    /// A slot that confirms an alert tells it again as new.
    CONFIRMED_AS_NEW
  }

  /// Chances of a mistake: each so many times.
  private static final int ONE_IN = 3;

  private record Who(String group, String expression, Labels labels) {
    static Who of(Told told) {
      return new Who(told.group(), told.expression(), told.labels());
    }
  }

  private final Subject engine;
  private final RuleManager grid;
  private final Mistake mistake;
  private final Map<Who, Told> open = new HashMap<>();
  private final Set<Who> earlyInInterval = new HashSet<>();
  private final List<Told> late = new ArrayList<>();
  private Map<String, Long> evaluations = Map.of();
  private boolean tick;
  private int chances;

  EarlySubject(boolean aligned, Mistake mistake) {
    this(EngineSubject.of(aligned), aligned, mistake);
  }

  private EarlySubject(Subject engine, boolean aligned, Mistake mistake) {
    this.engine = engine;
    this.grid = new RuleManager(aligned, Faults.NONE);
    this.mistake = mistake;
  }

  private boolean errs(Mistake which) {
    return mistake == which && ++chances % ONE_IN == 0;
  }

  @Override
  public List<AlertEvent> step(long seq, long nowMs, Input input) {
    tick = input instanceof Input.Tick;
    grid.step(nowMs, input);
    return engine.step(seq, nowMs, onTheGrid(input));
  }

  private static Input onTheGrid(Input input) {
    return input instanceof Input.Reload(RuleSet rules)
        ? new Input.Reload(Mode.STRICT.of(rules))
        : input;
  }

  @Override
  public List<Told> told(long nowMs, List<AlertEvent> events) {
    Set<String> evaluated = evaluated();
    List<Told> told = new ArrayList<>();
    for (Told one : Subject.super.told(nowMs, events)) {
      atSlot(one, told);
    }
    for (Iterator<Told> all = late.iterator(); all.hasNext(); ) {
      Told one = all.next();
      if (one.atMs() < nowMs && evaluated.contains(one.group())) {
        told.add(with(one, nowMs, Kind.FIRING, one.value(), one.validUntilMs()));
        all.remove();
      }
    }
    for (Who who : List.copyOf(open.keySet())) {
      Told early = open.get(who);
      if (early != null && evaluated.contains(who.group())) {
        open.remove(who);
        if (!errs(Mistake.NOT_ENDED)) {
          told.add(with(early, nowMs, Kind.RESOLVED, early.value(), nowMs));
        }
      }
    }
    earlyInInterval.removeIf(who -> evaluated.contains(who.group()));
    if (!tick) {
      early(nowMs, told);
    }
    return told;
  }

  private void atSlot(Told one, List<Told> told) {
    boolean adopted = one.kind() == Kind.FIRING && open.remove(Who.of(one)) != null;
    boolean lost =
        switch (one.kind()) {
          case FIRING -> errs(Mistake.FIRING_LOST);
          case RESOLVED -> errs(Mistake.RESOLVED_LOST);
          case STILL_FIRING -> mistake == Mistake.STILL_FIRING_LOST;
          // It ends anew instead.
          case STILL_RESOLVED -> open.containsKey(Who.of(one));
        };
    if (one.kind() == Kind.FIRING && !adopted && errs(Mistake.FIRING_LATE)) {
      late.add(one);
    } else if (adopted ? errs(Mistake.CONFIRMED_AS_NEW) : !lost) {
      told.add(one);
    }
  }

  private Set<String> evaluated() {
    Map<String, Long> now = new HashMap<>();
    Set<String> evaluated = new HashSet<>();
    for (GroupSeen group : grid.groups()) {
      now.put(group.name(), group.evaluations());
      if (group.evaluations() > evaluations.getOrDefault(group.name(), 0L)) {
        evaluated.add(group.name());
      }
    }
    evaluations = now;
    return evaluated;
  }

  private void early(long nowMs, List<Told> told) {
    for (Early one : grid.early(nowMs)) {
      Who who = new Who(one.group(), one.expression(), one.labels());
      boolean first = earlyInInterval.add(who);
      if (first || errs(Mistake.TOLD_AGAIN)) {
        double value = one.value() + (errs(Mistake.OTHER_VALUE) ? 1 : 0);
        Told early = told(nowMs, who, one.annotations(), value, one.activeAtMs());
        open.put(who, early);
        told.add(early);
      }
    }
    for (GroupSeen group : grid.groups()) {
      for (RuleSeen rule : group.rules()) {
        for (AlertSeen alert : rule.alerts()) {
          if (alert.state() == AlertState.PENDING && errs(Mistake.TOO_EARLY)) {
            Who who = new Who(group.name(), rule.expression(), alert.labels());
            told.add(told(nowMs, who, alert.annotations(), alert.value(), alert.activeAtMs()));
          }
        }
        if (errs(Mistake.NOT_TRUE) && group.evaluations() > 0) {
          Labels labels = Labels.of("alertname", rule.name(), "made", "up");
          Who who = new Who(group.name(), rule.expression(), labels);
          told.add(told(nowMs, who, Labels.empty(), 1, nowMs));
        }
      }
    }
  }

  private static Told told(long nowMs, Who who, Labels annotations, double value, long activeAtMs) {
    return new Told(
        nowMs,
        Kind.FIRING,
        who.group,
        who.labels,
        annotations,
        who.expression,
        value,
        activeAtMs,
        nowMs,
        0,
        nowMs + 240_000);
  }

  private static Told with(Told told, long nowMs, Kind kind, double value, long untilMs) {
    return new Told(
        nowMs,
        kind,
        told.group(),
        told.labels(),
        told.annotations(),
        told.expression(),
        value,
        told.activeAtMs(),
        told.firedAtMs(),
        kind == Kind.RESOLVED ? nowMs : 0,
        untilMs);
  }

  @Override
  public long deadlineMs() {
    return engine.deadlineMs();
  }

  @Override
  public List<GroupSeen> groups() {
    return engine.groups();
  }

  @Override
  public List<SeriesSeen> series() {
    return engine.series();
  }

  @Override
  public byte[] bytes() {
    return engine.bytes();
  }

  @Override
  public Subject copy(byte[] bytes) {
    return new EarlySubject(engine.copy(bytes), true, Mistake.NONE);
  }
}
