package dev.tocsin.bench.contract.reference;

import dev.tocsin.bench.contract.seen.Told;
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
  private record One(String group, String expression, ReferenceAlert alert) {}

  private final Map<Labels, One> all = new TreeMap<>();

  void add(String group, String expression, ReferenceAlert alert) {
    all.put(alert.labels, new One(group, expression, alert.copy()));
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

  List<Told> expire(long nowMs) {
    List<Told> told = new ArrayList<>();
    for (One one : List.copyOf(all.values())) {
      ReferenceAlert alert = one.alert;
      if (alert.validUntilMs <= nowMs) {
        alert.resolvedAtMs = alert.validUntilMs;
        told.add(alert.told(nowMs, Kind.RESOLVED, one.group, one.expression));
        all.remove(alert.labels);
      }
    }
    return told;
  }
}
