package dev.tocsin.bench.contract.seen;

import java.util.List;

/// A rule after its last evaluation.
///
/// @param expression printed in its canonical form
/// @param health `ok`, `err` or `unknown`
/// @param alerts in the order of their labels
public record RuleSeen(String name, String expression, String health, List<AlertSeen> alerts) {
  public RuleSeen {
    alerts = List.copyOf(alerts);
  }
}
