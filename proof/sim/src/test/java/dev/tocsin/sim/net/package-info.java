/// Tests of the package of the same name.
@NullMarked
package dev.tocsin.sim.net;

import org.jspecify.annotations.NullMarked;
