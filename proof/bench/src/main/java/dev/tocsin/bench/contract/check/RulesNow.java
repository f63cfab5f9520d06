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

/// The rules of the grid at one moment, and what of them was evaluated at it.
final class RulesNow {
  private record Place(String group, String alert, String expression) {}

  private final Set<String> evaluated = new HashSet<>();
  private final Map<String, GroupSeen> groups = new HashMap<>();
  private final Map<Place, List<RuleSeen>> rules = new HashMap<>();
  private final Set<Identity> firing;
  private final Set<Identity> firedBefore;
  private final Map<Identity, Long> pending;
  private final Map<Identity, Long> pendingBefore;
  private final Map<String, GroupSeen> engine = new HashMap<>();

  RulesNow(Moment moment) {
    Map<String, Long> before = new HashMap<>();
    moment.before().forEach(group -> before.put(group.name(), group.evaluations()));
    for (GroupSeen group : moment.after()) {
      groups.put(group.name(), group);
      if (group.evaluations() > before.getOrDefault(group.name(), 0L)) {
        evaluated.add(group.name());
      }
      for (RuleSeen rule : group.rules()) {
        Place place = new Place(group.name(), rule.name(), rule.expression());
        rules.computeIfAbsent(place, _ -> new ArrayList<>()).add(rule);
      }
    }
    moment.engine().forEach(group -> engine.put(group.name(), group));
    firing = firing(moment.after());
    firedBefore = firing(moment.before());
    pending = pending(moment.after());
    pendingBefore = pending(moment.before());
  }

  private static Map<Identity, Long> pending(List<GroupSeen> groups) {
    Map<Identity, Long> all = new HashMap<>();
    for (GroupSeen group : groups) {
      for (RuleSeen rule : group.rules()) {
        for (AlertSeen alert : rule.alerts()) {
          if (alert.state() == AlertState.PENDING) {
            all.put(
                new Identity(group.name(), rule.expression(), alert.labels()), alert.activeAtMs());
          }
        }
      }
    }
    return all;
  }

  private static Set<Identity> firing(List<GroupSeen> groups) {
    Set<Identity> all = new HashSet<>();
    for (GroupSeen group : groups) {
      for (RuleSeen rule : group.rules()) {
        for (AlertSeen alert : rule.alerts()) {
          if (alert.firedAtMs() != 0) {
            all.add(new Identity(group.name(), rule.expression(), alert.labels()));
          }
        }
      }
    }
    return all;
  }

  private List<RuleSeen> of(Identity who) {
    Place place = new Place(who.group(), who.labels().get("alertname"), who.expression());
    return rules.getOrDefault(place, List.of());
  }

  /// Whether there is such a rule.
  boolean knows(Identity who) {
    return !of(who).isEmpty();
  }

  /// Whether its events may be those of another rule.
  boolean isAmbiguous(Identity who) {
    return of(who).size() > 1;
  }

  /// Whether the last evaluation of its rule succeeded.
  boolean isWell(Identity who) {
    return of(who).stream().allMatch(rule -> rule.health().equals("ok"));
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
    return firing.contains(who);
  }

  boolean firedBefore(Identity who) {
    return firedBefore.contains(who);
  }

  /// Whether it is pending as it was before. Of one whose `for` has passed that says that the grid
  /// holds it after an outage.
  boolean staysPending(Identity who) {
    Long sinceMs = pending.get(who);
    return sinceMs != null && sinceMs.equals(pendingBefore.get(who));
  }

  /// What it is now in the engine where it fires, if a reload gave its rule another expression.
  Optional<Identity> carried(Identity who) {
    GroupSeen group = knows(who) ? null : engine.get(who.group());
    List<Identity> found = new ArrayList<>();
    for (RuleSeen rule : group == null ? List.<RuleSeen>of() : group.rules()) {
      for (AlertSeen alert : rule.alerts()) {
        if (alert.firedAtMs() != 0 && alert.labels().equals(who.labels())) {
          found.add(new Identity(who.group(), rule.expression(), alert.labels()));
        }
      }
    }
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /// Whether any alert with these labels fires.
  boolean firesAnywhere(Identity who) {
    return firing.stream().anyMatch(other -> other.labels().equals(who.labels()));
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
        RuleSeen onGrid = onGrid(name, one, other, early);
        if (!matches(one, onGrid)) {
          return Optional.of("stands otherwise:\n  expected " + one + "\n  stands   " + other);
        }
      }
    }
    return Optional.empty();
  }

  /// Without what was told early, where the grid has none; as it is there, where it is pending.
  private RuleSeen onGrid(String group, RuleSeen expected, RuleSeen actual, Set<Identity> early) {
    List<AlertSeen> alerts = new ArrayList<>();
    for (AlertSeen alert : actual.alerts()) {
      Identity who = new Identity(group, actual.expression(), alert.labels());
      Optional<AlertSeen> there =
          expected.alerts().stream().filter(one -> one.labels().equals(alert.labels())).findFirst();
      boolean fires = there.isPresent() && there.get().firedAtMs() != 0;
      boolean ahead = !fires && (early.contains(who) || isAmbiguous(who));
      if (!ahead) {
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
