/// What a recording rule writes.
@NullMarked
package dev.tocsin.rules.record;

import org.jspecify.annotations.NullMarked;
