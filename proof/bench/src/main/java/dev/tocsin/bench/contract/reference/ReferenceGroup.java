package dev.tocsin.bench.contract.reference;

import dev.tocsin.bench.contract.seen.GroupSeen;
import dev.tocsin.model.labels.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A group and its slots. Times are Unix milliseconds.
final class ReferenceGroup {
  final String file;
  final String name;
  final long intervalMs;
  final long queryOffsetMs;
  final int limit;
  final List<ReferenceRule> rules;

  /// Series of rules that are gone.
  final List<Labels> staleSeries = new ArrayList<>();

  private final long phaseMs;
  long nextSlotMs;
  long lastMs;
  long evaluations;
  long missed;

  ReferenceGroup(
      String file,
      String name,
      long intervalMs,
      long queryOffsetMs,
      int limit,
      List<ReferenceRule> rules,
      boolean aligned,
      long nowMs) {
    this.file = file;
    this.name = name;
    this.intervalMs = intervalMs;
    this.queryOffsetMs = queryOffsetMs;
    this.limit = limit;
    this.rules = rules;
    this.phaseMs = aligned ? 0 : Long.remainderUnsigned(hash(file, name), intervalMs);
    this.nextSlotMs = slotAfter(nowMs);
  }

  /// FNV-1a over the bytes of both, each followed by 0xff: which phase a group has is Tocsin's own
  /// choice (Prometheus takes another hash, and nanoseconds), but a promise.
  private static long hash(String file, String name) {
    long hash = 0xcbf29ce484222325L;
    for (String text : List.of(file, name)) {
      for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
        hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
      }
      hash = (hash ^ 0xff) * 0x100000001b3L;
    }
    return hash;
  }

  private long slotAtOrBefore(long timeMs) {
    return timeMs - Math.floorMod(timeMs - phaseMs, intervalMs);
  }

  private long slotAfter(long timeMs) {
    return slotAtOrBefore(timeMs) + intervalMs;
  }

  /// The slot that is evaluated now; those before it are missed.
  long takeSlot(long nowMs) {
    long slotMs = slotAtOrBefore(nowMs);
    missed += (slotMs - nextSlotMs) / intervalMs;
    nextSlotMs = slotMs + intervalMs;
    return slotMs;
  }

  void skipTo(long nowMs) {
    if (nextSlotMs <= nowMs) {
      long next = slotAfter(nowMs);
      missed += (next - nextSlotMs) / intervalMs;
      nextSlotMs = next;
    }
  }

  boolean sameAs(ReferenceGroup other) {
    return intervalMs == other.intervalMs
        && queryOffsetMs == other.queryOffsetMs
        && limit == other.limit
        && texts().equals(other.texts());
  }

  private List<List<Object>> texts() {
    return rules.stream().map(ReferenceRule::text).toList();
  }

  /// Rules are paired by name and labels: the first with the first, the second with the second.
  /// Returns those of before that have no pair.
  List<ReferenceRule> copyState(ReferenceGroup from, Faults faults) {
    lastMs = from.lastMs;
    evaluations = from.evaluations;
    missed = from.missed;
    Map<List<Object>, List<ReferenceRule>> old = new HashMap<>();
    for (int i = 0; i < from.rules.size(); i++) {
      old.computeIfAbsent(key(from.rules, i, faults), _ -> new ArrayList<>())
          .add(from.rules.get(i));
    }
    for (int i = 0; i < rules.size(); i++) {
      List<ReferenceRule> candidates = old.getOrDefault(key(rules, i, faults), List.of());
      if (!candidates.isEmpty()) {
        ReferenceRule rule = rules.get(i);
        ReferenceRule pair = candidates.removeFirst();
        rule.seriesBefore = pair.seriesBefore;
        rule.active = faults.has(Planted.RELOAD_FORGETS) ? rule.active : pair.active;
        rule.health = pair.health;
        rule.number = pair.number;
      }
    }
    staleSeries.addAll(from.staleSeries);
    List<ReferenceRule> left = old.values().stream().flatMap(List::stream).toList();
    left.forEach(rule -> staleSeries.addAll(rule.seriesBefore));
    return left;
  }

  private static List<Object> key(List<ReferenceRule> rules, int at, Faults faults) {
    ReferenceRule rule = rules.get(at);
    return faults.has(Planted.RELOAD_PAIRS_BY_PLACE)
        ? List.of(rule.isAlert(), at)
        : rule.nameAndLabels();
  }

  GroupSeen seen() {
    return new GroupSeen(
        file, name, lastMs, evaluations, missed, rules.stream().map(ReferenceRule::seen).toList());
  }
}
