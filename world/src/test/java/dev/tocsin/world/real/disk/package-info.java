/// Tests of the package of the same name.
@NullMarked
package dev.tocsin.world.real.disk;

import org.jspecify.annotations.NullMarked;
