package dev.tocsin.bench.contract.check;

import dev.tocsin.bench.contract.seen.GroupSeen;
import dev.tocsin.bench.contract.seen.RuleSeen;
import dev.tocsin.bench.contract.seen.Told;
import dev.tocsin.model.alert.AlertEvent.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Which rule an event is of. It names the group, the alert and the expression; reloads give a rule
/// another expression, pair it with another place in its group, or make two that look the same.
///
/// The events of two rules of a group that look the same cannot be told apart: these rules are
/// unclear from then on, whatever becomes of them.
final class RuleNumbers {
  /// What an event says of its rule.
  private record Look(String group, String alert, String expression) {
    static Look of(Told told) {
      return new Look(told.group(), told.labels().get("alertname"), told.expression());
    }
  }

  private static final long NOBODY = -1;

  private Map<Look, List<Long>> now = Map.of();
  private Map<String, List<Long>> byGroup = Map.of();
  private final Map<Look, Set<Long>> ever = new HashMap<>();
  private final Set<Long> unclear = new HashSet<>();

  /// How the rules are at this moment.
  void see(Moment moment) {
    byGroup = moment.reference().numbers();
    now = new HashMap<>();
    for (GroupSeen group : moment.after()) {
      List<Long> numbers = of(group.name());
      for (int i = 0; i < numbers.size(); i++) {
        RuleSeen rule = group.rules().get(i);
        Look look = new Look(group.name(), rule.name(), rule.expression());
        now.computeIfAbsent(look, _ -> new ArrayList<>()).add(numbers.get(i));
        ever.computeIfAbsent(look, _ -> new LinkedHashSet<>()).add(numbers.get(i));
      }
    }
    now.values().stream().filter(same -> same.size() > 1).forEach(unclear::addAll);
  }

  /// The rules of a group, in their order.
  List<Long> of(String group) {
    return byGroup.getOrDefault(group, List.of());
  }

  boolean isUnclear(long number) {
    return unclear.contains(number);
  }

  /// Whose alert was told; empty where it may be that of an unclear rule.
  ///
  /// @param fires whether one is believed to fire as it was told
  /// @param lapses whether what was told of one holds until the end that is told now
  Optional<Identity> of(Told told, Predicate<Identity> fires, Predicate<Identity> lapses) {
    Look look = Look.of(told);
    List<Identity> all =
        ever.getOrDefault(look, Set.of()).stream().map(number -> identity(told, number)).toList();
    // The end of one that was lost is told of the rule as it was then; all else of it as it is.
    if (told.kind() == Kind.RESOLVED) {
      List<Identity> found = all.stream().filter(fires).toList();
      if (found.size() > 1) {
        // A slot ends the alert of a rule that is there; only time that of one that is gone.
        List<Identity> gone =
            found.stream().filter(who -> isGone(who) && lapses.test(who)).toList();
        found = gone.isEmpty() ? found : gone;
      }
      if (found.size() == 1) {
        return found.stream().filter(who -> !isUnclear(who.rule())).findFirst();
      }
      if (all.stream().anyMatch(who -> isUnclear(who.rule()))) {
        return Optional.empty();
      }
    }
    List<Long> current = now.getOrDefault(look, List.of());
    if (current.isEmpty()) {
      return Optional.of(all.isEmpty() ? identity(told, NOBODY) : all.getLast());
    }
    long number = current.getFirst();
    return isUnclear(number) ? Optional.empty() : Optional.of(identity(told, number));
  }

  private boolean isGone(Identity who) {
    return !of(who.group()).contains(who.rule());
  }

  private static Identity identity(Told told, long number) {
    return new Identity(told.group(), number, told.labels());
  }
}
