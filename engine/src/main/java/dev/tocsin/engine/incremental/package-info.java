/// Says cheaply that a condition cannot be true, and until when.
@NullMarked
package dev.tocsin.engine.incremental;

import org.jspecify.annotations.NullMarked;
