package dev.tocsin.bench.contract;

import dev.tocsin.bench.contract.check.Check;
import dev.tocsin.bench.contract.check.StreamCheck;
import dev.tocsin.bench.contract.check.StrictCheck;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.input.RuleSettings;

/// Which of the contracts is held.
public enum Mode {
  /// Everything is as in Prometheus.
  STRICT(RuleSettings.Mode.STRICT),
  /// Alerts may fire earlier.
  STREAM(RuleSettings.Mode.STREAM);

  private final RuleSettings.Mode engine;

  Mode(RuleSettings.Mode engine) {
    this.engine = engine;
  }

  /// The rules, to be run so.
  RuleSet of(RuleSet rules) {
    return rules.with(rules.settings().withMode(engine));
  }

  Check check() {
    return switch (this) {
      case STRICT -> new StrictCheck();
      case STREAM -> new StreamCheck();
    };
  }
}
