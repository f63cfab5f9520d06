/// Chance from the seed.
@NullMarked
package dev.tocsin.sim.chance;

import org.jspecify.annotations.NullMarked;
