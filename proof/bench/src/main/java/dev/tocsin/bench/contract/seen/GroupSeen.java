package dev.tocsin.bench.contract.seen;

import java.util.List;

/// A group after its last evaluation.
///
/// @param lastMs the slot of the last evaluation; 0 before the first
public record GroupSeen(
    String file, String name, long lastMs, long evaluations, long missed, List<RuleSeen> rules) {
  public GroupSeen {
    rules = List.copyOf(rules);
  }
}
