package dev.tocsin.bench.contract;

import dev.tocsin.bench.contract.check.Check;
import dev.tocsin.bench.contract.check.StreamCheck;
import dev.tocsin.bench.contract.check.StrictCheck;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.input.RuleSettings;
import java.util.function.Supplier;

/// Which of the contracts is held.
public enum Mode {
  /// Everything is as in Prometheus.
  STRICT(RuleSettings.Mode.STRICT, StrictCheck::new),
  /// Alerts may fire earlier.
  STREAM(RuleSettings.Mode.STREAM, StreamCheck::new);

  private final RuleSettings.Mode engine;

  private final Supplier<Check> check;

  Mode(RuleSettings.Mode engine, Supplier<Check> check) {
    this.engine = engine;
    this.check = check;
  }

  /// The rules, to be run so.
  RuleSet of(RuleSet rules) {
    return rules.with(rules.settings().withMode(engine));
  }

  Check check() {
    return check.get();
  }
}
