/// Relabelling: rules that rewrite, keep or drop label sets.
@NullMarked
package dev.tocsin.deliver.relabel;

import org.jspecify.annotations.NullMarked;
