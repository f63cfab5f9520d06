/// The whole agent in a simulated world that loses its power: what the disk was not made to keep
/// may be gone, torn, or there without what was written before it.
@NullMarked
package dev.tocsin.bench.crash.power;

import org.jspecify.annotations.NullMarked;
