/// Tests of the arithmetic.
@NullMarked
package dev.tocsin.promql.eval.number;

import org.jspecify.annotations.NullMarked;
