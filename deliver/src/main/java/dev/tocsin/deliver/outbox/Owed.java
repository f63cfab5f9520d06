package dev.tocsin.deliver.outbox;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.StageTimes;

/// One event that a destination is still to be told.
final class Owed {
  final AlertEvent event;
  final StageTimes times;

  /// Monotonic nanoseconds after which it leaves even if the journal does not hold it.
  final long undurableAfterNanos;

  /// Requests made so far.
  int attempts;

  Owed(AlertEvent event, StageTimes times, long undurableAfterNanos) {
    this.event = event;
    this.times = times;
    this.undurableAfterNanos = undurableAfterNanos;
  }
}
