/// The experimental features by Prometheus's names.
@NullMarked
package dev.tocsin.promql.feature;

import org.jspecify.annotations.NullMarked;
