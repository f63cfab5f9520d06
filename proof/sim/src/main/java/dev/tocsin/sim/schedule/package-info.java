/// Workers and tasks, one at a time, in an order of the seed.
@NullMarked
package dev.tocsin.sim.schedule;

import org.jspecify.annotations.NullMarked;
