package dev.tocsin.bench.contract.reference;

import dev.tocsin.bench.contract.seen.Expected;
import dev.tocsin.model.alert.AlertEvent.Kind;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What Prometheus leaves to the Alertmanager: an alert told as firing of which nothing more is
/// said is resolved when what was told holds no longer. A declared difference.
final class Lost {
  private record One(String group, ReferenceRule rule, ReferenceAlert alert) {}

  private final Map<Labels, One> all = new TreeMap<>();

  /// Of several with the same labels the one that was told last counts.
  void add(String group, ReferenceRule rule, ReferenceAlert alert) {
    One known = all.get(alert.labels);
    if (known == null || known.alert.lastSentMs <= alert.lastSentMs) {
      all.put(alert.labels, new One(group, rule, alert.copy()));
    }
  }

  void told(ReferenceAlert alert) {
    if (alert.state == AlertState.FIRING) {
      all.remove(alert.labels);
    }
  }

  long deadlineMs() {
    return all.values().stream()
        .mapToLong(one -> one.alert.validUntilMs)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  List<Expected> expire(long nowMs) {
    List<Expected> told = new ArrayList<>();
    for (One one : List.copyOf(all.values())) {
      ReferenceAlert alert = one.alert;
      if (alert.validUntilMs <= nowMs) {
        alert.resolvedAtMs = alert.validUntilMs;
        told.add(
            one.rule.expected(
                alert.told(nowMs, Kind.RESOLVED, one.group, one.rule.rule.query()), true));
        all.remove(alert.labels);
      }
    }
    return told;
  }
}
