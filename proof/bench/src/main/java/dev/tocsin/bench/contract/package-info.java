/// The rule engine's contract as a property: generated rules, data, reloads and restarts go through
/// the engine and through a simple simulation of Prometheus's rule manager, and what both tell,
/// hold and write is compared.
@NullMarked
package dev.tocsin.bench.contract;

import org.jspecify.annotations.NullMarked;
