/// Tests of the prepared bodies.
@NullMarked
package dev.tocsin.bench.ingest;

import org.jspecify.annotations.NullMarked;
