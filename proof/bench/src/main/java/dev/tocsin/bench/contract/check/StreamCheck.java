package dev.tocsin.bench.contract.check;

import dev.tocsin.bench.contract.seen.Early;
import dev.tocsin.bench.contract.seen.Expected;
import dev.tocsin.bench.contract.seen.Told;
import dev.tocsin.model.alert.AlertEvent.Kind;
import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Alerts may fire before their slot, and everything else is as on the grid. By slots: nothing that
/// the grid tells comes later or not at all; what comes besides is
///
/// * an alert without `for` whose condition is true at that moment, or one that is pending on the
///   grid, for as long as `for` says, and true at that moment: once per alert and interval, with
///   the value of a canonical evaluation, and resolved at the next slot unless the grid fires it
///   there;
/// * the repetitions and the end of such an alert, whose times follow from when it was told.
///
/// Rules whose events cannot be told apart are left out; see [RuleNumbers].
public final class StreamCheck implements Check {
  private static final long RESEND_DELAY_MS = 60_000;
  private static final long RESOLVED_KEPT_MS = 900_000;

  /// What a receiver believes.
  private record Belief(boolean fires, long firedMs, long sentMs, long untilMs, long resolvedMs) {}

  /// Told before their slot and neither confirmed nor ended yet; with the time they were told.
  private final Map<Identity, Long> open = new HashMap<>();

  /// Told before their slot, and then their rule failed, or others came, or the process was down:
  /// they may end at once, at the next slot that succeeds, or when what was told holds no longer.
  private final Set<Identity> loose = new HashSet<>();

  /// Told before their slot in this interval, whether ended or not.
  private final Set<Identity> earlyInInterval = new HashSet<>();

  /// What the grid has ended and the stream has still to end: alerts that were lost, and those told
  /// early that no slot will end any more.
  private final Set<Identity> endedOnGrid = new HashSet<>();

  /// When labels were last told as firing, by each who told them; those who are unclear are one.
  /// What a rule told stays told when the rule becomes unclear.
  private final Map<Labels, Map<Optional<Identity>, Long>> toldFiring = new HashMap<>();

  private final RuleNumbers numbers = new RuleNumbers();
  private @Nullable RulesNow last;
  private final Map<Identity, Belief> beliefs = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private long early;

  /// How many alerts were told before their slot.
  public long early() {
    return early;
  }

  @Override
  public Optional<String> look(Moment moment) {
    numbers.see(moment);
    leaveOutUnclear();
    RulesNow rules = new RulesNow(moment, numbers, last);
    last = rules;
    Map<Identity, Told> expected = new HashMap<>();
    Set<Identity> lost = new HashSet<>();
    for (Expected one : moment.expected()) {
      if (!numbers.isUnclear(one.rule())) {
        Told told = one.told();
        Identity who = new Identity(told.group(), one.rule(), told.labels());
        put(expected, who, told);
        if (one.ofLost()) {
          lost.add(who);
        }
      }
    }
    Map<Identity, Told> actual = new HashMap<>();
    Map<Identity, Told> early = new HashMap<>();
    for (Told told : moment.actual()) {
      Optional<Identity> teller =
          numbers.of(
              told,
              who -> firesSince(who, told.firedAtMs()),
              who -> holdsUntil(who, told.resolvedAtMs()));
      teller.ifPresent(who -> put(isEarly(told, expected.get(who)) ? early : actual, who, told));
      if (!told.isResolved()) {
        toldFiring.computeIfAbsent(told.labels(), _ -> new HashMap<>()).put(teller, moment.nowMs());
      }
    }
    expected.forEach((who, told) -> owed(who, told, actual.get(who), lost.contains(who), rules));
    actual.forEach(
        (who, told) -> {
          if (!expected.containsKey(who)) {
            extra(who, told, rules)
                .ifPresent(why -> wrong.add("told besides the grid: " + told + ": " + why));
          }
        });
    actual.forEach((who, told) -> beliefs.put(who, belief(who, told, rules)));
    endedOnGrid.removeAll(actual.keySet());
    if (moment.isBreak()) {
      loose.addAll(open.keySet());
      open.clear();
    }
    settle(rules);
    early.forEach((who, told) -> early(who, told, moment, rules));
    if (moment.isTick()) {
      overdue(moment, rules);
    }
    if (wrong.isEmpty()) {
      Set<Identity> ahead = new HashSet<>(open.keySet());
      ahead.addAll(loose);
      rules.difference(ahead).ifPresent(wrong::add);
    }
    return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("\n  ", wrong));
  }

  private void leaveOutUnclear() {
    for (Set<Identity> some :
        List.of(open.keySet(), loose, earlyInInterval, endedOnGrid, beliefs.keySet())) {
      some.removeIf(who -> numbers.isUnclear(who.rule()));
    }
  }

  /// Told as firing where the grid tells nothing like it.
  private static boolean isEarly(Told told, @Nullable Told expected) {
    return told.kind() == Kind.FIRING && (expected == null || expected.kind() != Kind.FIRING);
  }

  private void put(Map<Identity, Told> all, Identity who, Told told) {
    Told other = all.put(who, told);
    if (other != null) {
      wrong.add("told twice at once: " + other + " and " + told);
    }
  }

  private Belief belief(Identity who, Told told, RulesNow rules) {
    boolean fires = !told.isResolved();
    long sentMs = rules.evaluated(who) ? rules.slotMs(who) : told.atMs();
    long resolvedMs = fires ? 0 : told.resolvedAtMs();
    return new Belief(fires, told.firedAtMs(), sentMs, told.validUntilMs(), resolvedMs);
  }

  private boolean believed(Identity who) {
    Belief belief = beliefs.get(who);
    return belief != null && belief.fires;
  }

  /// Told before its slot, and neither confirmed nor ended yet.
  private boolean isAhead(Identity who) {
    return open.containsKey(who) || loose.contains(who);
  }

  private boolean firesSince(Identity who, long firedMs) {
    Belief belief = beliefs.get(who);
    return belief != null && belief.fires && belief.firedMs == firedMs;
  }

  private boolean holdsUntil(Identity who, long untilMs) {
    Belief belief = beliefs.get(who);
    return belief != null && belief.untilMs == untilMs;
  }

  /// What the grid tells.
  private void owed(
      Identity who, Told expected, @Nullable Told actual, boolean ofLost, RulesNow rules) {
    boolean adopted = isAhead(who) && believed(who);
    boolean fine =
        switch (expected.kind()) {
          case FIRING ->
              expected.equals(actual)
                  ? !open.containsKey(who)
                  : adopted && adopts(actual, expected);
          case STILL_FIRING ->
              actual == null
                  ? toldLately(who, rules)
                  : sameBut(actual, expected, Kind.STILL_FIRING);
          case RESOLVED ->
              (actual != null && sameBut(actual, expected, Kind.RESOLVED))
                  || (ofLost && lostEnds(who, actual, rules));
          case STILL_RESOLVED -> repeats(who, actual, rules);
        };
    if (!fine) {
      wrong.add("expected " + expected + "\n  told     " + (actual == null ? "nothing" : actual));
    }
  }

  /// A lost one ends when what was told of it last holds no longer. That may be later here, or it
  /// was told early since, and ends with that.
  private boolean lostEnds(Identity who, @Nullable Told actual, RulesNow rules) {
    if (actual != null) {
      return actual.kind() == Kind.RESOLVED
          ? isAhead(who) || endedOnGrid.contains(who)
          : actual.kind() == Kind.STILL_RESOLVED && resolvedLately(who, rules);
    }
    if (!isAhead(who)) {
      endedOnGrid.add(who);
    }
    return true;
  }

  /// Since its first telling came earlier, or its last one later.
  private boolean toldLately(Identity who, RulesNow rules) {
    Belief belief = beliefs.get(who);
    return belief != null && belief.sentMs + RESEND_DELAY_MS >= rules.slotMs(who);
  }

  private static boolean adopts(@Nullable Told actual, Told expected) {
    return actual == null || sameBut(actual, expected, Kind.STILL_FIRING);
  }

  /// Where it fired in between before its slot, its end is told anew.
  private boolean repeats(Identity who, @Nullable Told actual, RulesNow rules) {
    Belief belief = beliefs.get(who);
    if (actual != null) {
      return actual.kind() == Kind.STILL_RESOLVED
          || (actual.kind() == Kind.RESOLVED && isAhead(who));
    }
    return belief != null && (belief.fires || belief.sentMs + RESEND_DELAY_MS >= rules.slotMs(who));
  }

  /// The same, but for since when, and how long it holds.
  private static boolean sameBut(Told actual, Told expected, Kind kind) {
    return actual.kind() == kind
        && actual.annotations().equals(expected.annotations())
        && Double.compare(actual.value(), expected.value()) == 0
        && actual.activeAtMs() <= expected.activeAtMs()
        && actual.firedAtMs() <= expected.firedAtMs();
  }

  /// Why it must not be told, if so.
  private Optional<String> extra(Identity who, Told told, RulesNow rules) {
    return switch (told.kind()) {
      case FIRING -> Optional.of("it is none that comes early");
      case STILL_FIRING ->
          rules.fires(who) && believed(who)
              ? Optional.empty()
              : Optional.of("it does not fire on the grid");
      case RESOLVED -> ended(who, told, rules);
      case STILL_RESOLVED ->
          resolvedLately(who, rules) ? Optional.empty() : Optional.of("it is not the time for it");
    };
  }

  private boolean resolvedLately(Identity who, RulesNow rules) {
    long slotMs = rules.slotMs(who);
    Belief belief = beliefs.get(who);
    return belief != null
        && !belief.fires
        && slotMs - belief.resolvedMs <= RESOLVED_KEPT_MS
        && slotMs - belief.sentMs > RESEND_DELAY_MS;
  }

  private Optional<String> ended(Identity who, Told told, RulesNow rules) {
    Belief belief = beliefs.get(who);
    if (belief == null || !belief.fires) {
      return Optional.of("nobody believes that it fires");
    }
    if (rules.fires(who)) {
      return Optional.of("it fires on the grid");
    }
    boolean unconfirmed = open.containsKey(who) && rules.evaluated(who);
    return unconfirmed || loose.contains(who) || belief.untilMs <= told.atMs()
        ? Optional.empty()
        : Optional.of("what was told still holds");
  }

  /// What comes before its slot; after what the slots of the same input tell.
  private void early(Identity who, Told told, Moment moment, RulesNow rules) {
    Optional<String> why = refusal(who, told, moment, rules);
    if (why.isPresent()) {
      wrong.add("told besides the grid: " + told + ": " + why.get());
      return;
    }
    early++;
    open.put(who, moment.nowMs());
    endedOnGrid.remove(who);
    beliefs.put(who, new Belief(true, told.firedAtMs(), told.atMs(), told.validUntilMs(), 0));
  }

  private Optional<String> refusal(Identity who, Told told, Moment moment, RulesNow rules) {
    if (open.containsKey(who) || rules.fires(who)) {
      return Optional.of("it fires already");
    }
    if (!earlyInInterval.add(who)) {
      return Optional.of("once per interval is enough");
    }
    List<Early> all =
        moment.inSlot().contains(told)
            ? moment.earlyInSlot()
            : moment.reference().early(moment.nowMs());
    List<Early> found =
        all.stream()
            .filter(one -> who.equals(new Identity(one.group(), one.rule(), one.labels())))
            .distinct()
            .toList();
    if (found.isEmpty()) {
      return Optional.of("it is not true, or its time has not come");
    }
    boolean canonical =
        told.firedAtMs() == moment.nowMs()
            && found.stream().anyMatch(one -> isCanonical(told, one));
    return canonical ? Optional.empty() : Optional.of("canonical is " + found);
  }

  private static boolean isCanonical(Told told, Early one) {
    return Double.compare(one.value(), told.value()) == 0
        && one.annotations().equals(told.annotations())
        && told.activeAtMs() == one.activeAtMs();
  }

  /// At a slot what was told before it is confirmed or ended.
  private void settle(RulesNow rules) {
    for (Identity who : List.copyOf(open.keySet())) {
      if (!rules.knows(who) || (rules.evaluated(who) && !rules.isWell(who))) {
        open.remove(who);
        loose.add(who);
      } else if (rules.evaluated(who) && !rules.staysPending(who)) {
        open.remove(who);
        if (!rules.fires(who) && believed(who)) {
          wrong.add("the slot did not confirm it, and it was not ended: " + rules.text(who));
        }
      }
    }
    for (Identity who : List.copyOf(loose)) {
      boolean judged =
          rules.knows(who) && rules.evaluated(who) && rules.isWell(who) && !rules.staysPending(who);
      if (judged || !believed(who)) {
        loose.remove(who);
      }
      if ((judged && !rules.fires(who)) || !rules.knows(who)) {
        endedOnGrid.add(who);
      }
    }
    earlyInInterval.removeIf(who -> rules.evaluated(who) && !open.containsKey(who));
  }

  /// What the grid ended is ended here too, when what was told of it holds no longer.
  private void overdue(Moment moment, RulesNow rules) {
    for (Identity who : List.copyOf(endedOnGrid)) {
      Belief belief = beliefs.get(who);
      if (belief == null
          || !belief.fires
          || rules.firesAnywhere(who)
          || toldElsewhere(who, belief)) {
        endedOnGrid.remove(who);
      } else if (belief.untilMs < moment.nowMs()) {
        wrong.add("ended in silence: " + rules.text(who) + ", told until " + belief.untilMs);
      }
    }
  }

  /// Another rule told later that the same labels fire: the one that was lost ends with that.
  private boolean toldElsewhere(Identity who, Belief belief) {
    return toldFiring.getOrDefault(who.labels(), Map.of()).entrySet().stream()
        .anyMatch(
            other -> !other.getKey().equals(Optional.of(who)) && other.getValue() >= belief.sentMs);
  }
}
