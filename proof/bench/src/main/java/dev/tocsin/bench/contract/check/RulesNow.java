package dev.tocsin.bench.contract.check;

import dev.tocsin.bench.contract.seen.AlertSeen;
import dev.tocsin.bench.contract.seen.GroupSeen;
import dev.tocsin.bench.contract.seen.RuleSeen;
import dev.tocsin.model.alert.AlertState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of the grid at one moment, and what of them was evaluated at it.
final class RulesNow {
  private final Set<String> evaluated = new HashSet<>();
  private final Map<String, GroupSeen> groups = new HashMap<>();
  private final Map<String, GroupSeen> engine = new HashMap<>();
  private final Map<Long, RuleSeen> rules = new HashMap<>();
  private final Map<Identity, AlertSeen> alerts = new HashMap<>();
  private final Map<Identity, AlertSeen> alertsBefore;
  private final RuleNumbers numbers;

  /// @param before how they were at the moment before
  RulesNow(Moment moment, RuleNumbers numbers, @Nullable RulesNow before) {
    this.numbers = numbers;
    this.alertsBefore = before == null ? Map.of() : before.alerts;
    Map<String, GroupSeen> groupsBefore = before == null ? Map.of() : before.groups;
    moment.engine().forEach(group -> engine.put(group.name(), group));
    for (GroupSeen group : moment.after()) {
      groups.put(group.name(), group);
      GroupSeen earlier = groupsBefore.get(group.name());
      if (group.evaluations() > (earlier == null ? 0 : earlier.evaluations())) {
        evaluated.add(group.name());
      }
      List<Long> all = numbers.of(group.name());
      for (int i = 0; i < all.size(); i++) {
        RuleSeen rule = group.rules().get(i);
        rules.put(all.get(i), rule);
        for (AlertSeen alert : rule.alerts()) {
          alerts.put(new Identity(group.name(), all.get(i), alert.labels()), alert);
        }
      }
    }
  }

  /// Whether there is such a rule.
  boolean knows(Identity who) {
    return rules.containsKey(who.rule());
  }

  /// Whether the last evaluation of its rule succeeded.
  boolean isWell(Identity who) {
    RuleSeen rule = rules.get(who.rule());
    return rule == null || rule.health().equals("ok");
  }

  boolean evaluated(Identity who) {
    return evaluated.contains(who.group());
  }

  /// The last slot of its group, Unix milliseconds.
  long slotMs(Identity who) {
    GroupSeen group = groups.get(who.group());
    return group == null ? Long.MIN_VALUE : group.lastMs();
  }

  boolean fires(Identity who) {
    AlertSeen alert = alerts.get(who);
    return alert != null && alert.firedAtMs() != 0;
  }

  /// Whether it is pending as it was before. Of one whose `for` has passed that says that the grid
  /// holds it after an outage.
  boolean staysPending(Identity who) {
    AlertSeen now = alerts.get(who);
    AlertSeen before = alertsBefore.get(who);
    return now != null
        && before != null
        && now.state() == AlertState.PENDING
        && before.state() == AlertState.PENDING
        && now.activeAtMs() == before.activeAtMs();
  }

  /// Whether any alert with these labels fires.
  boolean firesAnywhere(Identity who) {
    return alerts.entrySet().stream()
        .anyMatch(
            other ->
                other.getValue().firedAtMs() != 0 && other.getKey().labels().equals(who.labels()));
  }

  /// An alert and its rule, to be read.
  String text(Identity who) {
    RuleSeen rule = rules.get(who.rule());
    String of = rule == null ? "a rule that is gone" : rule.expression();
    return who.group() + " " + who.labels() + " of " + of;
  }

  /// How the alerts of the groups just evaluated stand otherwise in the engine: they may only be
  /// older.
  ///
  /// @param early told before their slot after the last one
  Optional<String> difference(Set<Identity> early) {
    for (String name : evaluated) {
      GroupSeen expected = Objects.requireNonNull(groups.get(name));
      GroupSeen actual = engine.get(name);
      if (actual == null || actual.rules().size() != expected.rules().size()) {
        return Optional.of("another group than " + expected + " is there: " + actual);
      }
      for (int i = 0; i < expected.rules().size(); i++) {
        RuleSeen one = expected.rules().get(i);
        RuleSeen other = actual.rules().get(i);
        long number = numbers.of(name).get(i);
        boolean same =
            one.expression().equals(other.expression())
                && matches(one, onGrid(name, number, one, other, early));
        if (!same) {
          return Optional.of("stands otherwise:\n  expected " + one + "\n  stands   " + other);
        }
      }
    }
    return Optional.empty();
  }

  /// Without what was told early, where the grid has none; as it is there, where it is pending.
  private RuleSeen onGrid(
      String group, long number, RuleSeen expected, RuleSeen actual, Set<Identity> early) {
    List<AlertSeen> alerts = new ArrayList<>();
    for (AlertSeen alert : actual.alerts()) {
      Optional<AlertSeen> there =
          expected.alerts().stream().filter(one -> one.labels().equals(alert.labels())).findFirst();
      boolean fires = there.isPresent() && there.get().firedAtMs() != 0;
      boolean may =
          numbers.isUnclear(number) || early.contains(new Identity(group, number, alert.labels()));
      if (fires || !may) {
        alerts.add(alert);
      } else {
        there.ifPresent(alerts::add);
      }
    }
    return new RuleSeen(actual.name(), actual.expression(), actual.health(), alerts);
  }

  private static boolean matches(RuleSeen expected, RuleSeen actual) {
    boolean same =
        expected.health().equals(actual.health())
            && expected.alerts().size() == actual.alerts().size();
    for (int i = 0; same && i < expected.alerts().size(); i++) {
      AlertSeen one = expected.alerts().get(i);
      AlertSeen other = actual.alerts().get(i);
      same =
          one.labels().equals(other.labels())
              && one.annotations().equals(other.annotations())
              && one.state() == other.state()
              && Double.compare(one.value(), other.value()) == 0
              && other.activeAtMs() <= one.activeAtMs()
              && other.firedAtMs() <= one.firedAtMs()
              && other.keepFiringSinceMs() == one.keepFiringSinceMs();
    }
    return same;
  }
}
