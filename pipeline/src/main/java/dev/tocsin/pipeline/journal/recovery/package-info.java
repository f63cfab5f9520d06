/// Reads what the journal kept: after a start, and for people who look at it.
@NullMarked
package dev.tocsin.pipeline.journal.recovery;

import org.jspecify.annotations.NullMarked;
