/// Series by number, found by their label sets, and the numbers of the series of each label.
@NullMarked
package dev.tocsin.store.index;

import org.jspecify.annotations.NullMarked;
