package dev.tocsin.bench.contract.check;

import dev.tocsin.bench.contract.reference.RuleManager;
import dev.tocsin.bench.contract.seen.Early;
import dev.tocsin.bench.contract.seen.Expected;
import dev.tocsin.bench.contract.seen.GroupSeen;
import dev.tocsin.bench.contract.seen.Told;
import java.util.List;
import java.util.Set;

/// One input, after both sides have taken it.
///
/// @param nowMs its time, Unix milliseconds
/// @param isTick whether it was a tick
/// @param isBreak whether the process was down before it, or other rules came with it
/// @param expected what the simulation told
/// @param actual what the engine told
/// @param inSlot what of it was told before the slots of this input had ended; what was true then
///   need not be true after the input
/// @param earlyInSlot where there is such: what might be told before its slot after each of the
///   rules that were evaluated by this input
/// @param before the simulation's groups before the input
/// @param after the simulation's groups after it
/// @param engine the engine's groups after it
/// @param reference to ask for the truth of conditions at this moment
public record Moment(
    long nowMs,
    boolean isTick,
    boolean isBreak,
    List<Expected> expected,
    List<Told> actual,
    Set<Told> inSlot,
    List<Early> earlyInSlot,
    List<GroupSeen> before,
    List<GroupSeen> after,
    List<GroupSeen> engine,
    RuleManager reference) {
  public Moment {
    expected = List.copyOf(expected);
    actual = List.copyOf(actual);
    earlyInSlot = List.copyOf(earlyInSlot);
  }
}
