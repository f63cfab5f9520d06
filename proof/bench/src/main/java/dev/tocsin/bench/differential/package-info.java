/// Puts the same generated queries to two sides and compares what they answer.
@NullMarked
package dev.tocsin.bench.differential;

import org.jspecify.annotations.NullMarked;
