package dev.tocsin.bench.contract;

import dev.tocsin.bench.contract.check.Check;
import dev.tocsin.bench.contract.check.StreamCheck;
import dev.tocsin.bench.contract.check.StrictCheck;
import java.util.function.Supplier;

/// Which of the contracts is held.
public enum Mode {
  /// Everything is as in Prometheus.
  STRICT(StrictCheck::new),
  /// Alerts may fire earlier.
  STREAM(StreamCheck::new);

  private final Supplier<Check> check;

  Mode(Supplier<Check> check) {
    this.check = check;
  }

  Check check() {
    return check.get();
  }
}
