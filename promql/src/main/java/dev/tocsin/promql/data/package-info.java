/// What the evaluator needs from whoever has the samples.
@NullMarked
package dev.tocsin.promql.data;

import org.jspecify.annotations.NullMarked;
