/// Tests of the proofs that a condition is false.
@NullMarked
package dev.tocsin.engine.incremental;

import org.jspecify.annotations.NullMarked;
