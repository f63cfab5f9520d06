/// Label sets by number, found by their hash, and the numbers of the series of each label value.
@NullMarked
package dev.tocsin.store.index;

import org.jspecify.annotations.NullMarked;
