/// The files of the journal: how they are named, written and scanned.
@NullMarked
package dev.tocsin.pipeline.journal.segment;

import org.jspecify.annotations.NullMarked;
