/// Generated series: counters, gauges, histograms and everything odd, the same for the same seed.
@NullMarked
package dev.tocsin.bench.differential.data;

import org.jspecify.annotations.NullMarked;
