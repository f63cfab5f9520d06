/// What a series costs in memory: a cluster's series through the real parts.
@NullMarked
package dev.tocsin.bench.memory;

import org.jspecify.annotations.NullMarked;
