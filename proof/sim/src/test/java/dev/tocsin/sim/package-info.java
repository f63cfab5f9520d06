/// Tests of the package of the same name.
@NullMarked
package dev.tocsin.sim;

import org.jspecify.annotations.NullMarked;
