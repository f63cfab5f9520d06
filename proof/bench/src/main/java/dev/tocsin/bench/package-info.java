/// The load cases. `proof/bench/run CASE` builds and runs one.
@NullMarked
package dev.tocsin.bench;

import org.jspecify.annotations.NullMarked;
