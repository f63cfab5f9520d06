package dev.tocsin.engine;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.AlertEvent.Kind;
import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.rules.alert.Alert;
import dev.tocsin.rules.alert.AlertCodec;
import dev.tocsin.rules.alert.AlertStep;
import dev.tocsin.rules.state.StateReader;
import dev.tocsin.rules.state.StateWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes events of what is to be told, keeps track of what was told, and resolves alerts that were
/// told as firing and then lost (their rule is gone, a limit dropped them, their `for` was raised)
/// when what was told of them holds no longer, as an Alertmanager does it. Engine's thread.
final class Announcer {
  /// Lost alerts; beyond it the first in the order of labels is resolved at once.
  static final int LOST_MAX = 10_000;

  /// @param expression of the rule, printed
  record Lost(GroupKey group, String expression, Alert alert) {}

  private final Tenant tenant;
  private final Ledger ledger;
  private final TreeMap<Labels, Lost> lost = new TreeMap<>();

  Announcer(Tenant tenant, Ledger ledger) {
    this.tenant = tenant;
    this.ledger = ledger;
  }

  AlertEvent tell(long seq, Kind kind, GroupKey group, String expression, Alert alert) {
    boolean resolved = kind == Kind.RESOLVED || kind == Kind.STILL_RESOLVED;
    if (!resolved && !lost.isEmpty()) {
      lost.remove(alert.labels());
    }
    AlertEvent event =
        new AlertEvent(
            id(kind, group, alert),
            seq,
            kind,
            tenant,
            group.name(),
            alert.labels(),
            alert.annotations(),
            expression,
            alert.value(),
            alert.activeAtMs(),
            alert.firedAtMs(),
            resolved ? alert.resolvedAtMs() : 0,
            resolved ? alert.resolvedAtMs() : alert.validUntilMs(),
            alert.evidence());
    ledger.told(event);
    return event;
  }

  /// The same for the same decision, whenever and wherever it is made again.
  private String id(Kind kind, GroupKey group, Alert alert) {
    Hashes hashes = new Hashes().text(tenant.id()).text(group.file()).text(group.name());
    alert.labels().forEach((name, value) -> hashes.text(name).text(value));
    return hashes
        .text(kind.name())
        .number(alert.firedAtMs())
        .number(alert.resolvedAtMs())
        .number(alert.sentAtMs())
        .hex();
  }

  /// Takes an alert that is no more, but of which a receiver may think that it fires. Of several
  /// with the same labels it believes what it was told last.
  void lose(GroupKey group, String expression, Alert alert) {
    Lost known = lost.get(alert.labels());
    if (known == null || known.alert.sentAtMs() <= alert.sentAtMs()) {
      lost.put(alert.labels(), new Lost(group, expression, alert));
    }
  }

  /// Resolves the lost alerts of which what was told holds no longer.
  List<AlertEvent> expire(long seq, long nowMs) {
    List<AlertEvent> events = new ArrayList<>();
    Iterator<Lost> all = lost.values().iterator();
    int tooMany = lost.size() - LOST_MAX;
    while (all.hasNext()) {
      Lost one = all.next();
      if (one.alert.validUntilMs() <= nowMs || tooMany-- > 0) {
        all.remove();
        long endMs = Math.min(one.alert.validUntilMs(), nowMs);
        Alert resolved = one.alert.resolved(endMs, Evidence.NONE).sent(nowMs, endMs);
        events.add(tell(seq, Kind.RESOLVED, one.group, one.expression, resolved));
      }
    }
    ledger.forget(nowMs - AlertStep.RESOLVED_KEPT_MS);
    return events;
  }

  /// When the next lost alert has to be resolved, Unix milliseconds; `Long.MAX_VALUE`: never.
  long deadlineMs() {
    long deadlineMs = Long.MAX_VALUE;
    for (Lost one : lost.values()) {
      deadlineMs = Math.min(deadlineMs, one.alert.validUntilMs());
    }
    return deadlineMs;
  }

  boolean hasLost() {
    return !lost.isEmpty();
  }

  void write(StateWriter out) throws IOException {
    out.number(lost.size());
    for (Map.Entry<Labels, Lost> entry : lost.entrySet()) {
      Lost one = entry.getValue();
      out.text(one.group.file());
      out.text(one.group.name());
      out.text(one.expression);
      AlertCodec.write(out, one.alert);
    }
  }

  void read(StateReader in) throws IOException {
    int count = in.count();
    for (int i = 0; i < count; i++) {
      String file = in.text();
      GroupKey group = new GroupKey(file, in.text());
      String expression = in.text();
      lose(group, expression, AlertCodec.readLost(in));
    }
  }
}
