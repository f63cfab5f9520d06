package dev.tocsin.bench.contract.reference;

import java.util.Set;

/// The mistakes that a simulation makes on purpose.
public record Faults(Set<Planted> planted) {
  public static final Faults NONE = new Faults(Set.of());

  public Faults {
    planted = Set.copyOf(planted);
  }

  boolean has(Planted one) {
    return planted.contains(one);
  }
}
