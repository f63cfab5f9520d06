/// Whose data it is.
@NullMarked
package dev.tocsin.model.tenant;

import org.jspecify.annotations.NullMarked;
