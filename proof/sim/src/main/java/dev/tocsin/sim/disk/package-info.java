/// A disk in memory that forgets what was not forced.
@NullMarked
package dev.tocsin.sim.disk;

import org.jspecify.annotations.NullMarked;
