/// Tests of the format's writer.
@NullMarked
package dev.tocsin.pipeline.journal.format;

import org.jspecify.annotations.NullMarked;
