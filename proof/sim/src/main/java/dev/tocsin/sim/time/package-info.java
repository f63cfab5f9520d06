/// Time that passes only when the simulation says so.
@NullMarked
package dev.tocsin.sim.time;

import org.jspecify.annotations.NullMarked;
