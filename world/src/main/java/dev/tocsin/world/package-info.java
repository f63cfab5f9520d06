/// The outside as a handful of small interfaces: time, disk, network, scheduling, chance, the
/// host's own figures. The real ones are in `world.real`; the ones made of a seed in `proof/sim`.
/// Nothing else reads a clock, a file, a socket or randomness.
@NullMarked
package dev.tocsin.world;

import org.jspecify.annotations.NullMarked;
