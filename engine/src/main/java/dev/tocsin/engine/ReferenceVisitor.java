package dev.tocsin.engine;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;

/// Is told of every reference the engine knows.
@FunctionalInterface
public interface ReferenceVisitor {
  /// @param lastBits of the series' last sample: of a float, or the fingerprint of a histogram
  /// @param lastTimeMs of the series' last sample; `Long.MIN_VALUE` where there is none
  void visit(int ref, Tenant tenant, Labels labels, long lastTimeMs, long lastBits);
}
