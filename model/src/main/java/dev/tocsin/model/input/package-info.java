/// The inputs of the engine, in the order the sequencer gave them.
@NullMarked
package dev.tocsin.model.input;

import org.jspecify.annotations.NullMarked;
