/// Which parts of which rules are to be looked at between slots: an index from series to the
/// partitions of the rules that read them, and the times at which partitions change by time alone.
@NullMarked
package dev.tocsin.engine.stream;

import org.jspecify.annotations.NullMarked;
