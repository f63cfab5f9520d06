/// Tests of the notation of series.
@NullMarked
package dev.tocsin.promql.series;

import org.jspecify.annotations.NullMarked;
