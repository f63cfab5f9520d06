/// Tries partition keys on random queries and series.
@NullMarked
package dev.tocsin.bench.partition;

import org.jspecify.annotations.NullMarked;
