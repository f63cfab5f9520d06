/// A network in memory that delays, loses and breaks off.
@NullMarked
package dev.tocsin.sim.net;

import org.jspecify.annotations.NullMarked;
