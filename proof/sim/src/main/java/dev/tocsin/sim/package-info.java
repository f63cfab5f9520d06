/// A world made of one seed, and the runner that repeats what went wrong in it.
@NullMarked
package dev.tocsin.sim;

import org.jspecify.annotations.NullMarked;
