/// The original system's own case: four producers, a ring of 65,536 places, batches of 256 to the
/// disk; beside what one would write without it.
@NullMarked
package dev.tocsin.bench.pipeline;

import org.jspecify.annotations.NullMarked;
