/// Tests of the timing wheel.
@NullMarked
package dev.tocsin.engine.wheel;

import org.jspecify.annotations.NullMarked;
