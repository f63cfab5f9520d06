/// What became of every sample, and whether it is safe on the disk.
@NullMarked
package dev.tocsin.pipeline.accounting;

import org.jspecify.annotations.NullMarked;
