/// Background load: many series that are written every second, and rules over them that stay quiet.
@NullMarked
package dev.tocsin.bench.load;

import org.jspecify.annotations.NullMarked;
