/// Programs started, watched and ended by a test or a load case.
@NullMarked
package dev.tocsin.bench.process;

import org.jspecify.annotations.NullMarked;
