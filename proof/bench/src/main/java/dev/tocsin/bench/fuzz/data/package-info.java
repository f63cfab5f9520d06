/// Random series for queries to look at.
@NullMarked
package dev.tocsin.bench.fuzz.data;

import org.jspecify.annotations.NullMarked;
