package dev.tocsin.deliver.outbox;

import dev.tocsin.deliver.destination.LocalDestination;
import dev.tocsin.model.alert.AlertEvent;
import java.util.ArrayDeque;
import java.util.Deque;

/// What a destination within this process is owed. Guarded by the outbox's lock.
final class LocalLane {
  final LocalDestination destination;
  private final OutboxLimits limits;
  private final Deque<Owed> owed = new ArrayDeque<>();
  private long accepted;
  private long dropped;

  LocalLane(LocalDestination destination, OutboxLimits limits) {
    this.destination = destination;
    this.limits = limits;
  }

  boolean isDue(AlertEvent event) {
    return destination.wants(event);
  }

  void add(Owed one) {
    if (owed.size() >= limits.laneAlerts()) {
      dropped++;
      return;
    }
    owed.addLast(one);
  }

  boolean isReady(long nowNanos, long durableSeq) {
    return !owed.isEmpty()
        && (owed.getFirst().event.seq() <= durableSeq
            || nowNanos >= owed.getFirst().undurableAfterNanos);
  }

  Owed take() {
    accepted++;
    return owed.removeFirst();
  }

  long deadlineNanos() {
    return owed.isEmpty() ? Long.MAX_VALUE : owed.getFirst().undurableAfterNanos;
  }

  LaneStats stats() {
    return new LaneStats(destination.name(), owed.size(), 0, accepted, 0, 0, dropped, 0);
  }
}
