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
  private final Agenda agenda;
  private final GroupEvaluation evaluation;
  private final RuleSource source;
  private final Overlay overlay;
  private final Deque<Agenda.Due> queue = new ArrayDeque<>();

  /// Of the first group in the queue.
  private int nextRule;

  SlotQueue(Agenda agenda, GroupEvaluation evaluation, RuleSource source, Overlay overlay) {
    this.agenda = agenda;
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
    for (Agenda.Due due : agenda.takeDue(nowMs)) {
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
    Agenda.Due due = queue.element();
    GroupRun group = due.group();
    long cost = 0;
    if (nextRule < group.rules.size()) {
      RuleRun run = group.rules.get(nextRule++);
      cost = cost(run);
      int[] loud = overlay.loud(run, due.slotMs() - group.definition.queryOffsetMs());
      if (loud != null && loud.length == 0 && run.isIdle()) {
        evaluation.pass(run, due.slotMs());
      } else {
        evaluation.evaluate(group, run, loud, seq, due.slotMs(), events);
      }
    }
    if (nextRule >= group.rules.size()) {
      nextRule = 0;
      queue.remove();
      evaluation.finish(group, due.slotMs());
      agenda.ended(group);
      group.slotSeq = seq;
      overlay.evaluated(group, Long.MIN_VALUE, nowMs);
    }
    return cost;
  }

  private long cost(RuleRun run) {
    long version = source.version();
    if (run.costVersion != version) {
      run.costVersion = version;
      run.cost = source.cost(run.selectors, run.longestRangeMs);
    }
    return run.cost;
  }
}
