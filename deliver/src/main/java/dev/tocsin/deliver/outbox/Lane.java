package dev.tocsin.deliver.outbox;

import dev.tocsin.deliver.destination.DestinationHealth;
import dev.tocsin.deliver.destination.HttpDestination;
import dev.tocsin.model.alert.AlertEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All that is owed to one destination told by HTTP. Guarded by the outbox's lock.
///
/// Alerts take turns in the order they were first owed, those that begin to fire first. While the
/// destination fails, one request at a time is tried, after a growing wait.
final class Lane {
  final HttpDestination destination;
  private final OutboxLimits limits;
  private final Map<AlertKey, Chain> chains = new HashMap<>();

  /// Chains with nothing in flight, in turn.
  private final Turns turns = new Turns();

  final Told told;
  private int waiting;
  int requestsInFlight;
  int failuresInARow;

  /// Monotonic nanoseconds before which nothing is sent.
  long notBeforeNanos = Long.MIN_VALUE;

  /// Monotonic nanoseconds of the last attempt at anything, probes included.
  long lastContactNanos = Long.MIN_VALUE;

  boolean probing;

  /// Probes that failed since the last contact that did not.
  int probesFailed;

  DestinationHealth health;
  private long accepted;
  private long refused;
  private long superseded;
  private long dropped;
  private long failedAttempts;

  Lane(HttpDestination destination, OutboxLimits limits) {
    this.destination = destination;
    this.limits = limits;
    this.told = new Told(limits.toldAlerts());
    this.health = DestinationHealth.unknown(destination.name());
  }

  /// Whether it has to be told of the event now; one that fires still is only repeated in time.
  boolean isDue(AlertEvent event, long nowMs) {
    if (!destination.wants(event)) {
      return false;
    }
    AlertKey key = AlertKey.of(event);
    if (event.kind() != AlertEvent.Kind.STILL_FIRING || destination.repeatMs() == 0) {
      return true;
    }
    Told.At last = told.get(key);
    if (chains.containsKey(key)) {
      return false; // about to be told anyway
    }
    if (last == null) {
      return true;
    }
    long pauseMs = last.accepted() ? destination.repeatMs() : destination.repeatAfterRefusalMs();
    return nowMs - last.atMs() >= pauseMs;
  }

  void add(Owed owed) {
    AlertKey key = AlertKey.of(owed.event);
    Chain chain = chains.get(key);
    if (chain == null) {
      if (chains.size() >= limits.laneAlerts()) {
        dropped++;
        return;
      }
      chain = new Chain(key);
      chain.add(owed);
      chains.put(key, chain);
      turns.addLast(chain);
      waiting++;
      return;
    }
    if (destination.keeping() == HttpDestination.Keeping.NEWEST_STATE) {
      int gone = chain.clearWaiting();
      superseded += gone;
      waiting -= gone;
    } else if (chain.size() >= limits.chainEvents()) {
      chain.dropSecond();
      dropped++;
      waiting--;
    }
    chain.add(owed);
    waiting++;
  }

  boolean owesSomething() {
    return !chains.isEmpty();
  }

  /// Whether a request may begin now.
  boolean mayBegin(long nowNanos) {
    int max = failuresInARow > 0 ? 1 : destination.inFlightMax();
    return requestsInFlight < max && !turns.isEmpty() && nowNanos >= notBeforeNanos;
  }

  /// The first events of the alerts whose turn it is and that may leave; they are in flight then.
  List<Chain> take(long nowNanos, long durableSeq) {
    List<Chain> batch = new ArrayList<>();
    while (batch.size() < destination.batchMax()) {
      Chain chain = turns.take(one -> mayLeave(one.first(), nowNanos, durableSeq));
      if (chain == null) {
        break;
      }
      chain.inFlight = true;
      chain.first().attempts++;
      batch.add(chain);
    }
    if (!batch.isEmpty()) {
      requestsInFlight++;
    }
    return batch;
  }

  private static boolean mayLeave(Owed owed, long nowNanos, long durableSeq) {
    return owed.event.seq() <= durableSeq || nowNanos >= owed.undurableAfterNanos;
  }

  /// Monotonic nanoseconds when something can be done though nothing happens meanwhile.
  long deadlineNanos() {
    if (turns.isEmpty()) {
      return Long.MAX_VALUE;
    }
    int max = failuresInARow > 0 ? 1 : destination.inFlightMax();
    if (requestsInFlight >= max) {
      return Long.MAX_VALUE;
    }
    return Math.max(notBeforeNanos, turns.undurableAfterNanos());
  }

  /// The batch was accepted or refused for good: the alerts take their next turns.
  void finished(List<Chain> batch, boolean wasAccepted, long nowMs) {
    requestsInFlight--;
    for (Chain chain : batch) {
      AlertEvent event = chain.first().event;
      chain.inFlight = false;
      chain.removeFirst();
      waiting--;
      if (event.isResolved()) {
        told.remove(chain.key);
      } else {
        told.put(chain.key, new Told.At(nowMs, wasAccepted));
      }
      if (chain.isEmpty()) {
        chains.remove(chain.key);
      } else {
        turns.addLast(chain);
      }
    }
    accepted += wasAccepted ? batch.size() : 0;
    refused += wasAccepted ? 0 : batch.size();
  }

  /// The batch is to be tried again: its alerts are first in turn, in their order.
  void failed(List<Chain> batch) {
    requestsInFlight--;
    failedAttempts++;
    for (Chain chain : batch.reversed()) {
      chain.inFlight = false;
      turns.addFirst(chain);
    }
    if (destination.keeping() == HttpDestination.Keeping.NEWEST_STATE) {
      batch.forEach(this::keepNewest);
    }
  }

  private void keepNewest(Chain chain) {
    while (chain.size() > 1) {
      chain.removeFirst();
      superseded++;
      waiting--;
    }
  }

  LaneStats stats() {
    return new LaneStats(
        destination.name(),
        waiting,
        requestsInFlight,
        accepted,
        refused,
        superseded,
        dropped,
        failedAttempts);
  }
}
