package dev.tocsin.engine;

import dev.tocsin.model.alert.AlertEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The slots that are due and have not ended. A tick does a piece of them, at least one rule; the
/// rest is for the ticks after it. In between other inputs have their turn, so that a sample need
/// not wait for all rules: as in a server that evaluates while it takes samples in. The looks
/// between slots leave out the rules of a group from when its slot is due until it has ended.
/// Engine's thread.
final class SlotQueue {
  private final Groups groups;
  private final GroupEvaluation evaluation;
  private final RuleSource source;
  private final Overlay overlay;
  private final Deque<Groups.Due> queue = new ArrayDeque<>();

  /// Of the first group in the queue.
  private int nextRule;

  SlotQueue(Groups groups, GroupEvaluation evaluation, RuleSource source, Overlay overlay) {
    this.groups = groups;
    this.evaluation = evaluation;
    this.source = source;
    this.overlay = overlay;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /// Takes the slots that are due, and does a piece of what is there.
  ///
  /// @param pieceCost how much, see [EngineOptions#pieceCost]
  void advance(long seq, long nowMs, long pieceCost, List<AlertEvent> events) {
    for (Groups.Due due : groups.takeDue(nowMs)) {
      due.group().isInSlot = true;
      overlay.pause(due.group());
      queue.add(due);
    }
    long cost = 0;
    while (!queue.isEmpty() && cost < pieceCost) {
      cost += one(seq, nowMs, events);
    }
  }

  /// Does all that is there.
  void finish(long seq, long nowMs, List<AlertEvent> events) {
    while (!queue.isEmpty()) {
      one(seq, nowMs, events);
    }
  }

  /// Returns what it cost at most: what was left out counts too, or it would depend on what
  /// happened to be proven where a tick ends.
  private long one(long seq, long nowMs, List<AlertEvent> events) {
    Groups.Due due = queue.element();
    GroupRun group = due.group();
    long cost = 0;
    if (nextRule < group.rules.size()) {
      RuleRun run = group.rules.get(nextRule++);
      cost = source.cost(run.selectors, run.longestRangeMs);
      int[] loud = overlay.loud(run, due.slotMs() - group.definition.queryOffsetMs());
      evaluation.evaluate(group, run, loud, seq, due.slotMs(), events);
    }
    if (nextRule >= group.rules.size()) {
      nextRule = 0;
      queue.remove();
      evaluation.finish(group, due.slotMs());
      group.isInSlot = false;
      group.slotSeq = seq;
      overlay.evaluated(group, Long.MIN_VALUE, nowMs);
    }
    return cost;
  }
}
