/// The arithmetic of PromQL: Prometheus's sums, quantiles, calendar and the corners where Go and
/// Java disagree about floating point.
@NullMarked
package dev.tocsin.promql.eval.number;

import org.jspecify.annotations.NullMarked;
