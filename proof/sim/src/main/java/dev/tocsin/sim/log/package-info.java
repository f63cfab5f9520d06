/// What happened, in order.
@NullMarked
package dev.tocsin.sim.log;

import org.jspecify.annotations.NullMarked;
