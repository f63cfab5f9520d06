/// Tests of what is watched between slots.
@NullMarked
package dev.tocsin.engine.stream;

import org.jspecify.annotations.NullMarked;
