/// Tests of the package of the same name.
@NullMarked
package dev.tocsin.world.real;

import org.jspecify.annotations.NullMarked;
