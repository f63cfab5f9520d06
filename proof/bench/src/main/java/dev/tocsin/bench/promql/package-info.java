/// Data and queries to measure the query language with.
@NullMarked
package dev.tocsin.bench.promql;

import org.jspecify.annotations.NullMarked;
