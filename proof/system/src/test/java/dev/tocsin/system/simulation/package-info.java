/// The whole agent in a simulated world: its disk is damaged, full or slow.
@NullMarked
package dev.tocsin.system.simulation;

import org.jspecify.annotations.NullMarked;
