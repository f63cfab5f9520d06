package dev.tocsin.deliver.outbox;

import java.util.List;

/// What became of the events; counts since the start.
///
/// @param taken events the engine gave
/// @param coalesced events that a newer one replaced because the intake was full
/// @param dropped events lost because even the coalesced intake was full
/// @param undurable events handed on before the journal held them
/// @param waitingForJournal events that wait for it now
public record OutboxStats(
    long taken,
    long coalesced,
    long dropped,
    long undurable,
    int waitingForJournal,
    List<LaneStats> lanes) {
  public OutboxStats {
    lanes = List.copyOf(lanes);
  }

  /// Events owed to any destination: what a stop now would leave behind.
  public int waiting() {
    return waitingForJournal + lanes.stream().mapToInt(LaneStats::waiting).sum();
  }
}
