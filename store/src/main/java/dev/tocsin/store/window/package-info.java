/// The newest samples of every series, raw, in slots of a few large arrays.
@NullMarked
package dev.tocsin.store.window;

import org.jspecify.annotations.NullMarked;
