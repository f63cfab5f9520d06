/// Conditions beside each other: proven false, or evaluated.
@NullMarked
package dev.tocsin.bench.nodes;

import org.jspecify.annotations.NullMarked;
