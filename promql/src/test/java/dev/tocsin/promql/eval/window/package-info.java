/// Tests of the functions of range vectors.
@NullMarked
package dev.tocsin.promql.eval.window;

import org.jspecify.annotations.NullMarked;
