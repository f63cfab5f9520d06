package dev.tocsin.engine.incremental;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What one partition remembers for a [ConditionPlan] between looks. Engine's thread.
public final class ConditionState {
  @Nullable Topology topology;

  /// So many looks more begin with the question that was answered last, instead of the one for
  /// ever.
  byte glides;

  /// By leaf and member; where the windows are long.
  private @Nullable Sketch @Nullable [][] sketches;

  /// How far ahead the last close look looked, and what it promised. What is decided does not
  /// depend on it: only when it is looked at again.
  private long aheadMs;

  private long promisedMs = Long.MAX_VALUE;

  /// How far a close look looks ahead: further where the last promise ran out before a sample came,
  /// else less far.
  ///
  /// @param mostMs at most; a 64th of it at least
  long aheadMs(long timeMs, long mostMs) {
    long leastMs = Math.max(1, mostMs / 64);
    aheadMs = Math.clamp(timeMs >= promisedMs ? 4 * aheadMs : aheadMs / 4, leastMs, mostMs);
    return aheadMs;
  }

  /// @param untilMs `Long.MAX_VALUE` where it could not promise as much
  void promised(long untilMs) {
    promisedMs = untilMs;
  }

  boolean hasSketches() {
    return sketches != null;
  }

  @Nullable Sketch sketch(int leaf, int member) {
    @Nullable Sketch[][] all = sketches;
    return all == null || all[leaf].length <= member ? null : all[leaf][member];
  }

  void keep(int leaf, int member, int leaves, int members, Sketch sketch) {
    @Nullable Sketch[][] all = sketches;
    if (all == null) {
      all = new @Nullable Sketch[leaves][0];
      sketches = all;
    }
    if (all[leaf].length <= member) {
      all[leaf] = Arrays.copyOf(all[leaf], members);
    }
    all[leaf][member] = sketch;
  }

  /// Everything is learned anew at the next look: to be called where the samples of a member
  /// changed other than by one more at the end.
  public void forget() {
    topology = null;
    sketches = null;
  }
}
