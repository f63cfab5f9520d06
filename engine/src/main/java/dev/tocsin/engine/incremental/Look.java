package dev.tocsin.engine.incremental;

/// One look at one partition: what is proven has to hold at every time in `[fromMs, toMs]`, as long
/// as no sample arrives. Reused; engine's thread.
final class Look {
  Windows windows;
  Topology topology;
  ConditionState state;
  long fromMs;
  long toMs;

  /// The first time after `fromMs` at which another set of samples counts: one leaves a window or
  /// grows too old, or one that is there already comes into view. `Long.MAX_VALUE`: never.
  long nextMs;

  /// Whether long windows are bounded from their [Sketch] instead of their samples.
  boolean rough;

  /// Nothing is proven: there is a native histogram, or the evaluator may fail.
  boolean unproven;

  Look(Windows windows, Topology topology, ConditionState state) {
    this.windows = windows;
    this.topology = topology;
    this.state = state;
  }

  Look over(long from, long to) {
    fromMs = from;
    toMs = to;
    nextMs = Long.MAX_VALUE;
    unproven = false;
    return this;
  }

  boolean isMoment() {
    return fromMs == toMs;
  }

  void changesAt(long timeMs) {
    if (timeMs > fromMs && timeMs < nextMs) {
      nextMs = timeMs;
    }
  }

  int leaves() {
    return topology.members().length;
  }

  int members(int leaf) {
    return topology.members()[leaf];
  }

  int[] ints(int slot) {
    return topology.ints()[slot];
  }

  double[] numbers(int slot) {
    return topology.numbers()[slot];
  }
}
