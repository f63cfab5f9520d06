/// Tests of the engine.
@NullMarked
package dev.tocsin.engine;

import org.jspecify.annotations.NullMarked;
