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
      queue.add(due);
    }
    long begunCost = source.cost();
    while (!queue.isEmpty() && source.cost() - begunCost < pieceCost) {
      one(seq, nowMs, events);
    }
    queue.forEach(due -> overlay.pause(due.group()));
  }

  /// Does all that is there.
  void finish(long seq, long nowMs, List<AlertEvent> events) {
    while (!queue.isEmpty()) {
      one(seq, nowMs, events);
    }
  }

  private void one(long seq, long nowMs, List<AlertEvent> events) {
    Groups.Due due = queue.element();
    GroupRun group = due.group();
    if (nextRule < group.rules.size()) {
      evaluation.evaluate(group, group.rules.get(nextRule++), seq, due.slotMs(), events);
    }
    if (nextRule >= group.rules.size()) {
      nextRule = 0;
      queue.remove();
      evaluation.finish(group, due.slotMs());
      group.isInSlot = false;
      group.slotSeq = seq;
      overlay.evaluated(group, Long.MIN_VALUE, nowMs);
    }
  }
}
