package dev.tocsin.bench.contract.check;

import dev.tocsin.bench.contract.seen.AlertSeen;
import dev.tocsin.bench.contract.seen.Expected;
import dev.tocsin.bench.contract.seen.GroupSeen;
import dev.tocsin.bench.contract.seen.RuleSeen;
import dev.tocsin.bench.contract.seen.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything is the same: what is told, in its order, and how every alert stands.
public final class StrictCheck implements Check {
  @Override
  public Optional<String> look(Moment moment) {
    List<Told> expected = moment.expected().stream().map(Expected::told).toList();
    if (!expected.equals(moment.actual())) {
      return Optional.of(told(expected, moment.actual()));
    }
    return moment.after().equals(moment.engine())
        ? Optional.empty()
        : Optional.of(stands(moment.after(), moment.engine()));
  }

  private static String told(List<Told> expected, List<Told> actual) {
    List<String> lines = new ArrayList<>();
    expected.stream()
        .filter(one -> !actual.contains(one))
        .forEach(one -> lines.add("expected " + one));
    actual.stream()
        .filter(one -> !expected.contains(one))
        .forEach(one -> lines.add("told     " + one));
    if (lines.isEmpty()) {
      lines.add("expected " + expected);
      lines.add("told     " + actual);
    }
    return "told otherwise:\n  " + String.join("\n  ", lines);
  }

  /// The first difference.
  static String stands(List<GroupSeen> expected, List<GroupSeen> actual) {
    for (int g = 0; g < Math.min(expected.size(), actual.size()); g++) {
      GroupSeen one = expected.get(g);
      GroupSeen other = actual.get(g);
      for (int r = 0; r < Math.min(one.rules().size(), other.rules().size()); r++) {
        RuleSeen rule = one.rules().get(r);
        if (!rule.equals(other.rules().get(r))) {
          return "rule " + r + " of " + one.name() + difference(rule, other.rules().get(r));
        }
      }
      if (!one.equals(other)) {
        return "group stands otherwise:\n  expected " + one + "\n  stands   " + other;
      }
    }
    return "other groups:\n  expected " + expected + "\n  there    " + actual;
  }

  private static String difference(RuleSeen expected, RuleSeen actual) {
    StringBuilder out = new StringBuilder(" stands otherwise: ");
    out.append(expected.health()).append(" expected, is ").append(actual.health());
    for (AlertSeen one : expected.alerts()) {
      out.append(actual.alerts().contains(one) ? "" : "\n  expected " + one);
    }
    for (AlertSeen one : actual.alerts()) {
      out.append(expected.alerts().contains(one) ? "" : "\n  stands   " + one);
    }
    return out.toString();
  }
}
