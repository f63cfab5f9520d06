/// What an expression evaluates to.
@NullMarked
package dev.tocsin.promql.value;

import org.jspecify.annotations.NullMarked;
