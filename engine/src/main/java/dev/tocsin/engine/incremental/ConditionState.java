package dev.tocsin.engine.incremental;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What one partition remembers for a [ConditionPlan] between looks. Engine's thread.
public final class ConditionState {
  @Nullable Topology topology;

  /// By leaf and member; where the windows are long.
  private @Nullable Sketch @Nullable [][] sketches;

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

  /// Everything is learned anew at the next look: to be called where the samples of a member changed
  /// other than by one more at the end.
  public void forget() {
    topology = null;
    sketches = null;
  }
}
