package dev.tocsin.engine.incremental;

import org.jspecify.annotations.Nullable;

/// What one partition remembers for a [ConditionPlan] between looks. Engine's thread.
public final class ConditionState {
  @Nullable Topology topology;

  /// Everything is learned anew at the next look: to be called where the samples of a member changed
  /// other than by one more at the end.
  public void forget() {
    topology = null;
  }
}
