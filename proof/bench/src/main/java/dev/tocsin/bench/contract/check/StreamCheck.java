package dev.tocsin.bench.contract.check;

import java.util.Optional;

/// Later.
public final class StreamCheck implements Check {
  @Override
  public Optional<String> look(Moment moment) {
    return Optional.empty();
  }
}
