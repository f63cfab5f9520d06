/// What was sequenced, on its way to the engine and to the journal.
@NullMarked
package dev.tocsin.pipeline.ring;

import org.jspecify.annotations.NullMarked;
