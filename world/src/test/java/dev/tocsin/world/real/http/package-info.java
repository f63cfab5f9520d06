/// Tests of the package of the same name.
@NullMarked
package dev.tocsin.world.real.http;

import org.jspecify.annotations.NullMarked;
