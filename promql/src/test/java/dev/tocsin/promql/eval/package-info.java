/// Tests of the evaluator.
@NullMarked
package dev.tocsin.promql.eval;

import org.jspecify.annotations.NullMarked;
