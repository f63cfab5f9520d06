package dev.tocsin.engine;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.rules.state.StateReader;
import dev.tocsin.rules.state.StateWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What was told of each alert that fires or resolved lately, and who answered. Engine's thread.
final class Ledger {
  /// Alerts; beyond it the one whose last change is the oldest is forgotten, and a restart does not
  /// tell it again.
  static final int ALERTS_MAX = 20_000;

  /// Receivers per alert; an answer of one more is not kept.
  static final int RECEIVERS_MAX = 64;

  private static final class Entry {
    AlertEvent event;
    String newestId;
    final TreeMap<String, Long> answeredAtMs = new TreeMap<>();

    Entry(AlertEvent event) {
      this.event = event;
      this.newestId = event.id();
    }
  }

  private final Tenant tenant;

  /// In the order of their last changes.
  private final Map<Labels, Entry> entries = new LinkedHashMap<>();

  /// The alert of an event: of its last change, and of the last repetition of that.
  private final Map<String, Labels> alertOfId = new HashMap<>();

  /// No resolved alert is older than this, Unix milliseconds.
  private long oldestResolvedMs = Long.MAX_VALUE;

  private long forgotten;

  Ledger(Tenant tenant) {
    this.tenant = tenant;
  }

  void told(AlertEvent event) {
    Entry known = entries.get(event.labels());
    boolean change =
        event.kind() == AlertEvent.Kind.FIRING || event.kind() == AlertEvent.Kind.RESOLVED;
    if (change || known == null) {
      remove(event.labels());
      entries.put(event.labels(), new Entry(event));
      if (entries.size() > ALERTS_MAX) {
        remove(entries.keySet().iterator().next());
        forgotten++;
      }
    } else {
      forgetNewestId(known);
      known.newestId = event.id();
      known.event = asLastTold(known.event, event);
    }
    alertOfId.put(event.id(), event.labels());
    noteResolved(event);
  }

  private void noteResolved(AlertEvent event) {
    if (event.isResolved()) {
      oldestResolvedMs = Math.min(oldestResolvedMs, event.resolvedAtMs());
    }
  }

  /// The change, with what its repetition brought.
  private static AlertEvent asLastTold(AlertEvent change, AlertEvent again) {
    return new AlertEvent(
        change.id(),
        change.seq(),
        change.kind(),
        change.tenant(),
        again.group(),
        again.labels(),
        again.annotations(),
        again.expression(),
        again.value(),
        change.activeAtMs(),
        change.firedAtMs(),
        change.resolvedAtMs(),
        again.validUntilMs(),
        change.evidence());
  }

  private void remove(Labels labels) {
    Entry entry = entries.remove(labels);
    if (entry != null) {
      forgetNewestId(entry);
      alertOfId.remove(entry.event.id());
    }
  }

  private void forgetNewestId(Entry entry) {
    if (!entry.newestId.equals(entry.event.id())) {
      alertOfId.remove(entry.newestId);
    }
  }

  /// An answer about an event that is not the last of its alert changes nothing.
  void answered(String id, String receiver, long atMs) {
    Labels labels = alertOfId.get(id);
    Entry entry = labels == null ? null : entries.get(labels);
    boolean room =
        entry != null
            && (entry.answeredAtMs.size() < RECEIVERS_MAX
                || entry.answeredAtMs.containsKey(receiver));
    if (entry != null && room) {
      entry.answeredAtMs.put(receiver, atMs);
    }
  }

  /// Forgets alerts that resolved before the time.
  void forget(long beforeMs) {
    if (oldestResolvedMs >= beforeMs) {
      return;
    }
    List<Labels> old = new ArrayList<>();
    oldestResolvedMs = Long.MAX_VALUE;
    for (Map.Entry<Labels, Entry> entry : entries.entrySet()) {
      AlertEvent event = entry.getValue().event;
      if (event.isResolved() && event.resolvedAtMs() < beforeMs) {
        old.add(entry.getKey());
      } else {
        noteResolved(event);
      }
    }
    old.forEach(this::remove);
  }

  List<Owed> owed() {
    List<Owed> all = new ArrayList<>(entries.size());
    entries.values().forEach(entry -> all.add(new Owed(entry.event, entry.answeredAtMs)));
    return all;
  }

  void write(StateWriter out) throws IOException {
    out.number(forgotten);
    out.number(entries.size());
    for (Entry entry : entries.values()) {
      EventCodec.write(out, entry.event);
      out.text(entry.newestId);
      out.number(entry.answeredAtMs.size());
      for (Map.Entry<String, Long> answer : entry.answeredAtMs.entrySet()) {
        out.text(answer.getKey());
        out.number(answer.getValue().longValue());
      }
    }
  }

  void read(StateReader in) throws IOException {
    forgotten = in.number();
    int count = in.count();
    for (int i = 0; i < count; i++) {
      Entry entry = new Entry(EventCodec.read(in, tenant));
      entry.newestId = in.text();
      int answers = in.count();
      for (int a = 0; a < answers; a++) {
        String receiver = in.text();
        entry.answeredAtMs.put(receiver, in.number());
      }
      entries.put(entry.event.labels(), entry);
      alertOfId.put(entry.event.id(), entry.event.labels());
      alertOfId.put(entry.newestId, entry.event.labels());
      noteResolved(entry.event);
    }
  }
}
