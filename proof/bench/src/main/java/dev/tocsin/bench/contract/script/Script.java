package dev.tocsin.bench.contract.script;

import java.util.List;

/// A case: what comes in, and where the engine is written down and read back.
///
/// @param aligned whether all slots are at whole multiples of the interval
/// @param lateMs how late ticks are at most; which is how late follows from its time
/// @param copyAt the number of the input after which a copy is made; one beyond the last: of the
///   end
public record Script(
    long seed, long number, boolean aligned, int lateMs, int copyAt, List<Step> steps) {
  public Script {
    steps = List.copyOf(steps);
  }

  public Script withSteps(List<Step> others) {
    return new Script(seed, number, aligned, lateMs, copyAt, others);
  }
}
