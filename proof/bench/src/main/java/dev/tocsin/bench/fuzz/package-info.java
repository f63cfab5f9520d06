/// The fuzzer of PromQL: random queries over random series, and what must hold for them all.
@NullMarked
package dev.tocsin.bench.fuzz;

import org.jspecify.annotations.NullMarked;
