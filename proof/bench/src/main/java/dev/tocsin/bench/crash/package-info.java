/// What a crash may not take: numbered samples through an agent that is killed or loses its power.
@NullMarked
package dev.tocsin.bench.crash;

import org.jspecify.annotations.NullMarked;
