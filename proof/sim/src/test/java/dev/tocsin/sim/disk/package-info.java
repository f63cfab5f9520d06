/// Tests of the package of the same name.
@NullMarked
package dev.tocsin.sim.disk;

import org.jspecify.annotations.NullMarked;
