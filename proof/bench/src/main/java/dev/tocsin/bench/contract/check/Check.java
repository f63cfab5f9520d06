package dev.tocsin.bench.contract.check;

import java.util.Optional;

/// Looks at one moment after the other; what is wrong with it, if anything.
public interface Check {
  Optional<String> look(Moment moment);
}
