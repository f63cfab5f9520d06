/// Where everything comes in: one sequencer, the table of series, and what is refused.
@NullMarked
package dev.tocsin.pipeline.intake;

import org.jspecify.annotations.NullMarked;
