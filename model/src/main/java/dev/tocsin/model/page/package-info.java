/// Lists of numbers that only grow, in pages: growing copies no data, and there is no object per
/// element.
@NullMarked
package dev.tocsin.model.page;

import org.jspecify.annotations.NullMarked;
