/// From the tree of a query back to its text.
@NullMarked
package dev.tocsin.promql.print;

import org.jspecify.annotations.NullMarked;
