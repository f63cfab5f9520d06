/// A machine whose figures a test sets.
@NullMarked
package dev.tocsin.sim.host;

import org.jspecify.annotations.NullMarked;
