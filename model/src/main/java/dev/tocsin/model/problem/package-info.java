/// Mistakes of a user, with their place and the way out; collected, never thrown one by one.
@NullMarked
package dev.tocsin.model.problem;

import org.jspecify.annotations.NullMarked;
