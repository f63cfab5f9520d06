/// Compares what was told and held, by slots.
@NullMarked
package dev.tocsin.bench.contract.check;

import org.jspecify.annotations.NullMarked;
