package dev.tocsin.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// When the groups have their slots: those whose last one has ended, the next to be due first.
/// Engine's thread.
final class Agenda {
  /// A group that is due, and for which slot.
  record Due(GroupRun group, long slotMs) {}

  private final PriorityQueue<GroupRun> waiting =
      new PriorityQueue<>(Comparator.comparingLong(group -> group.nextSlotMs));

  /// Begins anew, with other groups or other slots.
  void renew(List<GroupRun> groups) {
    waiting.clear();
    for (GroupRun group : groups) {
      if (!group.isInSlot) {
        waiting.add(group);
      }
    }
  }

  /// The slot of a group has ended.
  void ended(GroupRun group) {
    group.isInSlot = false;
    waiting.add(group);
  }

  /// Takes the groups whose slots begin now, by slot, then in their order.
  List<Due> takeDue(long nowMs) {
    if (deadlineMs() > nowMs) {
      return List.of();
    }
    List<Due> due = new ArrayList<>();
    while (deadlineMs() <= nowMs) {
      GroupRun group = waiting.remove();
      group.isInSlot = true;
      due.add(new Due(group, group.takeSlot(nowMs)));
    }
    due.sort(Comparator.comparingLong(Due::slotMs).thenComparingInt(one -> one.group().order));
    return due;
  }

  /// When the next slot is due, Unix milliseconds; `Long.MAX_VALUE`: never.
  long deadlineMs() {
    GroupRun next = waiting.peek();
    return next == null ? Long.MAX_VALUE : next.nextSlotMs;
  }
}
