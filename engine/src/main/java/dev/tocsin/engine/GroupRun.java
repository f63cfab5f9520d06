package dev.tocsin.engine;

import java.util.ArrayList;
import java.util.List;

/// A group that runs. Engine's thread, but for [#counts] and [#tookNanos], which any thread may
/// read.
final class GroupRun {
  /// @param lastEvaluationMs the slot; `Long.MIN_VALUE` before the first
  /// @param missed slots that passed without an evaluation
  record Counts(long lastEvaluationMs, long evaluations, long missed) {
    static final Counts NONE = new Counts(Long.MIN_VALUE, 0, 0);
  }

  final GroupDefinition definition;
  final SlotGrid grid;
  final List<RuleRun> rules;

  /// Series of rules that a reload took away: to be marked as stale at the next evaluation.
  final List<Integer> fading = new ArrayList<>();

  /// Its place among all groups.
  int order;

  /// The slot to be evaluated next, Unix milliseconds.
  long nextSlotMs;

  /// The input in which it was evaluated last: its rules have seen all that had come till then. 0
  /// before the first.
  long slotSeq;

  /// Whether a slot of it has begun, or waits for its turn, and has not ended.
  boolean isInSlot;

  /// Whether it is watched between slots, which begins with a slot.
  boolean isWatched;

  private volatile Counts counts = Counts.NONE;
  private volatile long tookNanos;

  GroupRun(GroupDefinition definition, SlotGrid grid, List<RuleRun> rules, long nowMs) {
    this.definition = definition;
    this.grid = grid;
    this.rules = List.copyOf(rules);
    this.nextSlotMs = grid.after(nowMs);
  }

  Counts counts() {
    return counts;
  }

  void become(Counts next) {
    counts = next;
  }

  void took(long nanos) {
    tookNanos = nanos;
  }

  /// How long the last evaluation took; 0 before the first.
  long tookNanos() {
    return tookNanos;
  }

  GroupKey key() {
    return definition.key();
  }

  /// The slot to be evaluated now: the last one due. The ones before it are missed.
  long takeSlot(long nowMs) {
    long slotMs = grid.latest(nowMs);
    miss(slotMs - nextSlotMs);
    nextSlotMs = slotMs + grid.intervalMs();
    return slotMs;
  }

  /// No slot up to now is evaluated any more.
  void skipTo(long nowMs) {
    if (nextSlotMs <= nowMs) {
      long nextMs = grid.after(nowMs);
      miss(nextMs - nextSlotMs);
      nextSlotMs = nextMs;
    }
  }

  private void miss(long passedMs) {
    Counts was = counts;
    if (passedMs > 0) {
      long more = passedMs / grid.intervalMs();
      counts = new Counts(was.lastEvaluationMs(), was.evaluations(), was.missed() + more);
    }
  }

  void evaluated(long slotMs) {
    Counts was = counts;
    counts = new Counts(slotMs, was.evaluations() + 1, was.missed());
  }
}
