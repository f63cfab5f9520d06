/// Go's `fmt`: how values become text.
@NullMarked
package dev.tocsin.rules.template.format;

import org.jspecify.annotations.NullMarked;
