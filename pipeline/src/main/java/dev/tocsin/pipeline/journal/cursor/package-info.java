/// Readers behind the writer: cursors that follow the journal's segments, and where each has got
/// to.
@NullMarked
package dev.tocsin.pipeline.journal.cursor;

import org.jspecify.annotations.NullMarked;
