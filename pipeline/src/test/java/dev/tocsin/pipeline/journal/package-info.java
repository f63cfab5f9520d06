/// Tests of the journal, on a disk that loses and tears what was not forced.
@NullMarked
package dev.tocsin.pipeline.journal;

import org.jspecify.annotations.NullMarked;
