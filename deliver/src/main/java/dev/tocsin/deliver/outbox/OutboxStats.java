package dev.tocsin.deliver.outbox;

import java.util.List;

/// What became of the events; counts since the start.
///
/// @param taken events the engine gave
/// @param undurable notices handed on before the journal held them
public record OutboxStats(long taken, long undurable, List<LaneStats> lanes) {
  public OutboxStats {
    lanes = List.copyOf(lanes);
  }

  /// Events owed to any destination: what a stop now would leave behind.
  public int waiting() {
    return lanes.stream().mapToInt(LaneStats::waiting).sum();
  }
}
