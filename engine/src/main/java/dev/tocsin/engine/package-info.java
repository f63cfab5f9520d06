/// Decides: a pure machine that is stepped with inputs and gives alerts. No clock, no threads, no
/// files: the same inputs give the same events, byte for byte.
@NullMarked
package dev.tocsin.engine;

import org.jspecify.annotations.NullMarked;
