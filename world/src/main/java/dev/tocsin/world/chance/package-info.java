/// Randomness.
@NullMarked
package dev.tocsin.world.chance;

import org.jspecify.annotations.NullMarked;
