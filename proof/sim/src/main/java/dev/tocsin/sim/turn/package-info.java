/// Whose turn it is, and how the process ends at an instruction.
@NullMarked
package dev.tocsin.sim.turn;

import org.jspecify.annotations.NullMarked;
