/// Tests of the fuzzer.
@NullMarked
package dev.tocsin.bench.fuzz;

import org.jspecify.annotations.NullMarked;
